"""Films, sounds and posts of networks become links; links lead past those who count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import body

from newskeep.extraction.trackers import destination

AT = "https://harbour.example"
TUBE = "https://www.youtube.com/watch?v=abc123def45"


@pytest.mark.parametrize(
    ("html", "address", "name"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abc123def45?rel=0"></iframe>',
            TUBE,
            "YouTube",
        ),
        ('<iframe src="//www.youtube-nocookie.com/embed/abc123def45"></iframe>', TUBE, "YouTube"),
        ('<lite-youtube videoid="abc123def45"></lite-youtube>', TUBE, "YouTube"),
        ('<span><lite-youtube videoid="abc123def45"></lite-youtube></span>', TUBE, "YouTube"),
        ('<amp-youtube data-videoid="abc123def45"></amp-youtube>', TUBE, "YouTube"),
        (
            '<iframe src="https://player.vimeo.com/video/77"></iframe>',
            "https://vimeo.com/77",
            "Vimeo",
        ),
        (
            '<iframe src="https://player.vimeo.com/video/77?h=a1"></iframe>',
            "https://player.vimeo.com/video/77?h=a1",
            "Vimeo",
        ),
        (
            '<iframe src="https://www.dailymotion.com/embed/video/x8"></iframe>',
            "https://www.dailymotion.com/video/x8",
            "Dailymotion",
        ),
        (
            '<iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=1&id=77"></iframe>',
            "https://twitter.com/i/status/77",
            "X",
        ),
        ('<amp-twitter data-tweetid="77"></amp-twitter>', "https://twitter.com/i/status/77", "X"),
        (
            '<iframe src="https://www.instagram.com/p/Ab_1/embed/captioned/"></iframe>',
            "https://www.instagram.com/p/Ab_1/",
            "Instagram",
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink='
            '"https://www.instagram.com/p/Ab_1/?utm_source=ig_embed"></blockquote>',
            "https://www.instagram.com/p/Ab_1/",
            "Instagram",
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@ann/video/7"></blockquote>',
            "https://www.tiktok.com/@ann/video/7",
            "TikTok",
        ),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/ann/posts/7"></div>',
            "https://www.facebook.com/ann/posts/7",
            "Facebook",
        ),
        (
            '<iframe src="https://www.facebook.com/plugins/video.php?href='
            'https%3A%2F%2Fwww.facebook.com%2Fann%2Fvideos%2F7"></iframe>',
            "https://www.facebook.com/ann/videos/7",
            "Facebook",
        ),
        (
            '<iframe src="https://embed.bsky.app/embed/did:plc:a1/app.bsky.feed.post/3k"></iframe>',
            "https://bsky.app/profile/did:plc:a1/post/3k",
            "Bluesky",
        ),
        (
            '<iframe src="https://town.example/@ann/110/embed"></iframe>',
            "https://town.example/@ann/110",
            "Mastodon",
        ),
        (
            '<blockquote class="mastodon-embed" data-embed-url="https://town.example/@ann/110/embed">'
            "</blockquote>",
            "https://town.example/@ann/110",
            "Mastodon",
        ),
        ('<iframe src="https://t.me/ann/7?embed=1"></iframe>', "https://t.me/ann/7", "Telegram"),
        (
            '<iframe src="https://open.spotify.com/embed/episode/7"></iframe>',
            "https://open.spotify.com/episode/7",
            "Spotify",
        ),
        ('<video data-src="/v.mp4"></video>', f"{AT}/v.mp4", "Video"),
        ('<amp-audio src="/v.mp3"></amp-audio>', f"{AT}/v.mp3", "Audio"),
    ],
)
def test_what_is_embedded_becomes_a_link_by_the_name_of_its_player(html, address, name):
    assert body(f"<p>a</p>{html}<p>b</p>") == (
        f'<p>a</p>\n<p><a href="{address}">{name}</a></p>\n<p>b</p>'.replace("&", "&amp;")
    )


def test_a_quoted_post_stays_a_quotation_with_its_link():
    html = (
        '<blockquote class="twitter-tweet"><p>The bridge is open.</p>'
        '<a href="https://twitter.com/ann/status/7?ref_src=twsrc">30 October</a></blockquote>'
    )
    assert body(html) == (
        "<blockquote><p>The bridge is open.</p>"
        '<p><a href="https://twitter.com/ann/status/7">30 October</a></p></blockquote>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://ads.example/x"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/post.php?href=javascript:x"></iframe>',
        '<lite-youtube videoid="&quot;><script>"></lite-youtube>',
        "<amp-twitter></amp-twitter>",
        '<div class="fb-post" data-href="https://elsewhere.example/x"></div>',
        f'<iframe src="https://t.me/{"a" * 5000}"></iframe>',
    ],
)
def test_what_shows_nothing_known_is_left_out(html):
    assert body(f"<p>a</p>{html}") == "<p>a</p>"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("/b?id=1&utm_source=x&fbclid=y", f"{AT}/b?id=1"),
        ("/b?gclid=1&mc_cid=2&igshid=3&spm=4&ref_src=5", f"{AT}/b"),
        ("/b?_ga=1&page=2&srsltid=3#part", f"{AT}/b?page=2#part"),
        ("/b?id=1;2&x=%20&y=+", f"{AT}/b?id=1;2&x=%20&y=+"),
        ("https://www.google.com/url?sa=t&q=https://e.example/a%3Fb%3D1&usg=x", "https://e.example/a?b=1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fe.example%2Fa%3Ffbclid%3Dx&h=y", "https://e.example/a"),
        ("https://l.instagram.com/?u=https%3A%2F%2Fe.example%2F&e=y", "https://e.example/"),
        ("https://www.youtube.com/redirect?event=v&q=https%3A%2F%2Fe.example%2F", "https://e.example/"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fe.example%2Fa", "https://e.example/a"),
        ("https://link.zhihu.com/?target=https%3A//e.example/a", "https://e.example/a"),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)"),
        ("https://www.google.com/search?q=https://e.example/", "https://www.google.com/search?q=https://e.example/"),
        ("https://e.example/url?q=https://other.example/", "https://e.example/url?q=https://other.example/"),
        ("#part", ""),
        ("ftp://e.example/", ""),
    ],
)  # fmt: skip
def test_a_link_leads_to_its_target_without_trackers(link, target):
    assert destination(f"{AT}/a", link) == target


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_link_leads_to_the_web_or_nowhere(base, link):
    for target in (
        destination(base, link),
        destination(f"{AT}/a", f"https://l.facebook.com/l.php?u={link}"),
    ):
        assert target == "" or target.startswith(("http://", "https://"))
