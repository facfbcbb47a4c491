"""Pictures: the real one, the largest, with caption and credit; none that only counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import LONG, PROSE, URL, body, document, meta, paragraphs, read, story

from newskeep.extraction import Hints, fragment, page, same
from newskeep.extraction.captions import apart
from newskeep.extraction.srcset import largest
from newskeep.types import Article, Image

AT = "https://harbour.example"
GREY = 'src="data:image/gif;base64,R0lGODlhAQABAAAAACw="'


def sources(html: str) -> list[str]:
    article = fragment(paragraphs(PROSE[0]) + html, url=f"{AT}/a")
    return [image.url.removeprefix(AT) for image in article.images]


def shown(article: Article) -> list[str]:
    """Its pictures without their host, the lead marked."""
    return [
        f"{image.url.removeprefix(AT)}{' lead' if image.lead else ''}" for image in article.images
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/a.jpg">',
        f'<img {GREY} data-src="/a.jpg">',
        f'<img {GREY} data-original="/a.jpg">',
        '<img src="/static/loading.gif" data-lazy-src="/a.jpg">',
        '<img src="/placeholder.png" data-srcset="/s.jpg 480w, /a.jpg 1200w">',
        '<img src="/s.jpg" srcset="/s.jpg 1x, /a.jpg 2x">',
        '<img src="/a.jpg" data-src="not a picture">',
        '<img src="/a.jpg" data-image="{}">',
        '<img src="/a.jpg" data-src="/blank.gif">',
        '<img src="/a.jpg" data-s="true">',
        f'<picture><source srcset="/a.jpg"><img {GREY}></picture>',
        '<picture><source srcset="/s.jpg 480w, /a.jpg 1200w"><img src="/s.jpg"></picture>',
        '<picture><source srcset="/b.jpg 9w"><img src="/s.jpg" srcset="/s.jpg 1w, /a.jpg 2w"></picture>',
        '<picture><source srcset="/other.webp"><img src="/a.jpg"></picture>',
        '<picture><source data-srcset="/a.jpg 2x"></picture>',
        '<picture><source srcset=""><source srcset="/blank.gif 2x"><img src="/a.jpg"></picture>',
        '<picture><source srcset="{{src}} 2x"><img src="/a.jpg"></picture>',
        '<picture><source srcset="undefined"><img data-src="/a.jpg"></picture>',
        '<amp-img src="/a.jpg"></amp-img>',
        f'<img {GREY}><noscript><img src="/a.jpg"></noscript>',
        f'<div><img {GREY}></div> <noscript><img src="/a.jpg"></noscript>',
        f'<noscript><img src="/a.jpg"></noscript> <img {GREY}>',
        '<p>Words. <noscript><img src="/a.jpg"></noscript></p>',
        '<noscript>Switch it on.</noscript><img src="/a.jpg">',
        '<img src="/a.jpg"><img src="/a.jpg">',
        '<img data-src="/s.jpg" data-srcset="/s.jpg 640w, /a.jpg 1280w">',
        '<img data-orig-file="/a.jpg" data-srcset="/s.jpg 640w, /b.jpg 1280w">',
        '<picture><source data-srcset="/a.jpg 1200w"><img data-src="/s.jpg"></picture>',
        '<picture><source media="(max-width: 600px)" srcset="/s.jpg"><source srcset="/a.jpg"></picture>',
        '<amp-img src="/a.jpg" width="3" height="2" layout="responsive"></amp-img>',
        '<img src="/s.jpg" srcset="/s.jpg 320w 200h, /a.jpg 1600w 900h">',
    ],
)
def test_the_real_picture_is_found_once(html):
    assert sources(html) == ["/a.jpg"]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/a.jpg" width="1" height="1">',
        '<img src="/a.jpg" height="2px">',
        '<img src="/a.jpg" style="width: 1px; height: 1px">',
        '<img src="https://pixel.wp.com/b.gif">',
        '<img src="https://www.facebook.com/tr?id=1">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="javascript:alert(1)">',
        '<img src="http://[bad/a.jpg">',
        '<img alt="no address">',
        "<picture></picture>",
        f'<img src="/{"a" * 5000}.jpg">',
    ],
)
def test_what_shows_nothing_is_no_picture(html):
    assert sources(html) == []
    assert "<img" not in body(paragraphs(PROSE[0]) + html)


def test_a_lazy_address_without_a_pictures_name_stands_for_a_placeholder():
    assert sources(f'<img {GREY} data-src="image?id=7">') == ["/image?id=7"]
    assert sources(f'<img {GREY} data-src="true">') == []
    assert sources(f'<img {GREY} data-src="/p/{{width}}/a.jpg">') == []


def test_addresses_are_meant_against_the_base_that_the_page_names():
    html = story('<img src="p/a.jpg"><p><a href="tower">The tower</a> stands beside it, too.</p>')
    html = html.replace("<title>", '<base href="https://files.example/x/"><title>', 1)
    found = page(html, url=URL)
    assert [one.url for one in found.images] == ["https://files.example/x/p/a.jpg"]
    assert 'href="https://files.example/x/tower"' in found.html


def test_size_and_alternative_text_come_along_where_they_are_numbers_and_words():
    html = (
        '<img src="/a.jpg" width="800" height="auto" alt=" The  bridge " class="x" loading="lazy">'
    )
    assert body(html) == f'<figure><img src="{AT}/a.jpg" alt="The bridge" width="800"></figure>'
    assert fragment(html, url=f"{AT}/a").images == (
        Image(url=f"{AT}/a.jpg", alt="The bridge", width=800),
    )


def test_a_page_shows_only_so_many():
    assert len(sources("".join(f'<img src="/{n}.jpg">' for n in range(2_100)))) == 2_000


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("/a.jpg 1x, /b.jpg 2x", "/b.jpg"),
        ("/a.jpg 480w,/b.jpg 1200w,/c.jpg 800w", "/b.jpg"),
        ("/a,b.jpg 2x, /c.jpg", "/a,b.jpg"),
        ("/a.jpg", "/a.jpg"),
        ("/a.jpg 1.2.3w, /b.jpg 1w", "/b.jpg"),
        ("", ""),
        (", ,", ""),
    ],
)
def test_the_largest_of_a_set(srcset, expected):
    assert largest(srcset) == expected


@pytest.mark.parametrize(
    ("caption", "told"),
    [
        ("The bridge at dawn.", ("The bridge at dawn.", "")),
        ("The bridge at dawn. Photo: Mei Lin", ("The bridge at dawn.", "Mei Lin")),
        ("The bridge. Photograph by Mei Lin/Harbour Post", ("The bridge.", "Mei Lin/Harbour Post")),
        ("The bridge (AP Photo/Mei Lin)", ("The bridge", "AP Photo/Mei Lin")),
        ("The bridge. (Mei Lin/Getty Images).", ("The bridge.", "Mei Lin/Getty Images")),
        ("The bridge © Mei Lin", ("The bridge", "Mei Lin")),
        ("© dpa", ("", "dpa")),
        ("Die Brücke. Foto: Mei Lin", ("Die Brücke.", "Mei Lin")),
        ("Le pont. Crédit photo : Mei Lin", ("Le pont.", "Mei Lin")),
        ("重新开放的老桥。（林梅 摄）", ("重新开放的老桥。", "林梅")),
        ("老橋。（圖／港口時報）", ("老橋。", "港口時報")),
        ("橋を渡る人々（撮影：鈴木一郎）", ("橋を渡る人々", "鈴木一郎")),
        ("다리. 사진=박민수", ("다리.", "박민수")),
        ("A photo of a picture", ("A photo of a picture", "")),
        ("", ("", "")),
    ],
)
def test_a_credit_is_told_apart_from_its_caption(caption, told):
    assert apart(caption) == told


def figure(caption: str) -> str:
    return f'<figure><img src="/a-300x200.jpg"><figcaption>{caption}</figcaption></figure>'


@pytest.mark.parametrize(
    "caption",
    [
        "At dawn. <span class='credit'>Mei Lin</span>",
        "At dawn. <small itemprop='copyrightHolder'>Mei Lin</small>",
        "At dawn.</figcaption><div class='image-credit'>Photo: Mei Lin</div><figcaption>",
        "At dawn. <span class='caption-credit'>Mei Lin</span>",
    ],
)
def test_markup_names_the_credit(caption):
    (image,) = read(story(figure(caption))).images
    assert (image.caption, image.credit) == ("At dawn.", "Mei Lin")


def test_the_lead_picture_is_marked_in_the_body_whatever_its_size():
    article = read(story(figure("At dawn."), head=meta(og__image="/a.jpg")))
    assert [(image.url, image.lead) for image in article.images] == [(f"{AT}/a-300x200.jpg", True)]


def test_a_lead_picture_outside_the_body_comes_first_with_the_words_beside_it():
    html = document(
        f"<header>{figure('At dawn. Photo: Mei Lin')}</header>"
        f"<article><h1>Bridge opens</h1>{paragraphs(*PROSE)}<img src='/b.jpg'></article>",
        head=meta(og__image="/a-1200x800.jpg"),
        title="Bridge opens",
    )
    lead, other = read(html).images
    assert lead == Image(
        url=f"{AT}/a-1200x800.jpg", caption="At dawn.", credit="Mei Lin", lead=True
    )
    assert (other.url, other.lead) == (f"{AT}/b.jpg", False)


def test_a_lead_picture_without_a_name_is_told_from_others_by_its_whole_address():
    html = story(f"{paragraphs(*LONG[:3])}<img src='/b/'>", head=meta(og__image="/a/"))
    assert shown(read(html)) == ["/a/ lead", "/b/"]


def test_the_feed_s_pictures_stand_in_where_the_page_has_none():
    hinted = (Image(url=f"{AT}/feed.jpg"),)
    assert read(story(), hints=Hints(images=hinted)).images == hinted
    shown = read(story('<img src="/a.jpg">'), hints=Hints(images=hinted)).images
    assert [image.url for image in shown] == [f"{AT}/a.jpg"]


HEAD = f"<h1>Old bridge opens again</h1>{{}}{paragraphs(*PROSE)}"


@pytest.mark.parametrize(
    "above",
    [
        "<div class='hero'><img src='/a.jpg'></div>",
        "<header class='post-header'><figure><img src='/a.jpg'></figure></header>",
        "<div class='post-meta'><img src='/a.jpg'><p>By Ann Lee, who has lived on a boat</p></div>",
        "<a href='/a-full.jpg'><img src='/a.jpg'></a>",
        "<a href='#'><img src='/a.jpg'></a>",
    ],
)
def test_the_picture_above_the_text_is_the_lead_whatever_its_place_is_called(above):
    html = document(f"<article>{HEAD.format(above)}</article>")
    assert shown(read(html)) == ["/a.jpg lead"]


def test_the_picture_above_the_text_outranks_the_one_for_sharing():
    html = document(
        f"<article>{HEAD.format('<header><img src=/a.jpg></header>')}</article>",
        head=meta(og__image="/card.jpg"),
    )
    assert shown(read(html)) == ["/a.jpg lead"]


@pytest.mark.parametrize(
    "other",
    [
        "<aside><img src='/x.jpg'></aside>",
        "<nav><img src='/x.jpg'></nav>",
        "<div class='related-stories'><img src='/x.jpg'></div>",
        "<div class='teaser-list'><img src='/x.jpg'></div>",
        "<a href='/another-story'><img src='/x.jpg'></a>",
        "<img src='/x.jpg' width='120'>",
    ],
)
def test_pictures_of_other_stories_are_none_of_this_one(other):
    html = document(f"<main><div>{other}</div><article>{HEAD.format('')}</article></main>")
    assert shown(read(html)) == []


def test_an_article_within_the_article_is_another_story():
    other = "<article><h3><a href='/x'>Another story</a></h3><img src='/x.jpg'></article>"
    html = document(f"<article>{other}<h1>Old bridge opens</h1>{paragraphs(*PROSE)}</article>")
    assert "/x.jpg" not in shown(read(html))


def test_a_picture_that_stands_in_a_teaser_and_in_the_article_is_the_article_s():
    twice = "<aside><img src='/a.jpg'></aside><div class='hero'><img src='/a.jpg'></div>"
    assert shown(read(document(f"<article>{HEAD.format(twice)}</article>"))) == ["/a.jpg lead"]


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/theme/icon-share.svg">',
        '<img src="/img/facebook.svg" alt="Share">',
        '<img src="/img/appIcon.png">',
        '<img src="/a.jpg" width="64" height="64">',
        '<img class="site-logo" src="/a.jpg">',
        '<div class="author-card"><img src="/a.jpg"></div>',
        '<div class="author"><figure><img src="/a.jpg"></figure></div>',
        '<img class="avatar" src="/a.jpg">',
        '<img src="https://secure.gravatar.com/avatar/1?s=400">',
        '<img src="/uploads/authors/ann-lee.jpg">',
        '<a href="https://shop.example/"><img src="/a.jpg" width="1200" height="300"></a>',
        '<img src="/strip.jpg" alt="" width="1200" height="200">',
        '<img src="/uploads/werbung_3.jpg">',
    ],
)
def test_icons_logos_portraits_and_advertisements_are_no_pictures_of_an_article(picture):
    assert shown(read(story(picture))) == []


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/a.jpg" width="1200" height="300" alt="The river from above">',
        '<a href="/wide.jpg"><img src="/a.jpg" width="1200" height="300" alt="The river"></a>',
        '<div class="co-authored-content"><img src="/a.jpg"></div>',
        '<img src="/new-google-logo-on-a-building.jpg">',
        '<img src="/charts/water.svg">',
        '<img src="/a.png" width="64">',
    ],
)
def test_what_only_resembles_them_stays(picture):
    assert len(shown(read(story(picture)))) == 1


@pytest.mark.parametrize(
    "name",
    [
        "/logo.png",
        "/img/og-image.jpg",
        "/default-share.jpg",
        "/themes/post/card.jpg",
        "/assets/x.png",
    ],
)
def test_the_picture_that_a_site_shares_for_all_its_pages_is_no_lead(name):
    assert shown(read(story(head=meta(og__image=name)))) == []


@pytest.mark.parametrize(
    "caption",
    [
        "<p class='wp-caption-text'>At dawn.</p>",
        "<div class='image-caption'><p>At dawn.</p></div>",
        "<span class='Bildunterschrift'>At dawn.</span>",
        "<div class='media__caption'>At dawn.</div>",
    ],
)
def test_a_caption_may_be_marked_by_its_name(caption):
    article = read(story(f"<div><div><img src='/a.jpg'></div>{caption}</div>"))
    assert [image.caption for image in article.images] == ["At dawn."]
    assert "<figcaption>At dawn.</figcaption></figure>" in article.html


@pytest.mark.parametrize(
    "text",
    [
        f"<div class='caption'>{LONG[0] * 5}</div>",
        f"<p>{PROSE[1]}</p><p>{PROSE[2]}</p><div class='caption'></div>",
    ],
)
def test_a_long_text_or_an_empty_one_is_no_caption(text):
    article = read(story(f"<img src='/a.jpg'>{text}"))
    assert "<figcaption>" not in article.html


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/bridge-300x200.jpg", "/b/bridge-1200x800.jpg"),
        ("/a/bridge_w640.jpg", "/a/bridge_w1280.webp"),
        ("/a/bridge.jpg?w=300", "/a/bridge.jpg?w=900"),
        ("/a/bridge-scaled.jpg", "/a/bridge.jpg"),
        ("/s/w_320,c_limit/bridge.jpg", "/s/w_1600,c_limit/bridge.jpg"),
        ("/i/15125232_M2040x1530.jpg", "/i/15125232_W400x267.jpg"),
        ("/photos/7f3a/900/600.jpg", "/photos/7f3a/400/300.jpg"),
        ("/pic/77/width/425/height/284", "/pic/77/width/730/height/500"),
        ("/a/br%C3%BCcke-300x200.jpg", "/a/brücke-900x600.jpg"),
    ],
)
def test_sizes_of_one_picture_are_one_picture(one, other):
    assert same.key(AT + one) == same.key(AT + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/bridge-1.jpg", "/a/bridge-2.jpg"),
        ("/photos/7f3a/600.jpg", "/photos/81bc/600.jpg"),
        ("/a/1.jpg", "/b/1.jpg"),
        ("/a/image.jpg", "/b/image.jpg"),
        ("/a/", "/b/"),
        ("?p=1", "?p=2"),
    ],
)
def test_other_pictures_are_others(one, other):
    assert same.key(AT + one) != same.key(AT + other)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text(max_size=80))
def test_any_address_has_a_key(address):
    assert isinstance(same.key(address), str)


SLIDES = "".join(
    f"<li class='slide'><img src='/{n}.jpg'><p>Slide {n}.</p><span>{n} / 3</span></li>"
    for n in (1, 2, 3)
)


def captions(article: Article) -> list[tuple[str, str]]:
    return [(image.url.removeprefix(AT), image.caption) for image in article.images]


@pytest.mark.parametrize(
    "gallery",
    [
        f"<div class='photo-gallery'><ul class='thumbs'>{SLIDES}</ul></div>",
        f"<section class='teaser swiper'><h4>In pictures</h4><ul>{SLIDES}</ul><button>Next</button></section>",
        f"<div class='gallery'>{SLIDES}<div class='nav'><img src='/1.jpg'><img src='/2-80x60.jpg'></div></div>",
    ],
)
def test_a_gallery_is_its_pictures_with_their_captions_each_once(gallery):
    assert captions(read(story(gallery))) == [(f"/{n}.jpg", f"Slide {n}.") for n in (1, 2, 3)]


def test_a_gallery_keeps_pictures_as_data_for_a_script():
    data = '[{"src": "/2.jpg", "caption": "Two."}, {"full": "/3.jpg"}, {"src": "/1.jpg"}, {"src": "x"}, 7]'
    html = f"<div class='gallery' data-images='{data}'><img src='/1.jpg'></div>"
    assert captions(read(story(html))) == [("/1.jpg", ""), ("/2.jpg", "Two."), ("/3.jpg", "")]


@pytest.mark.parametrize("data", ["[", "[1]", "{}", '{"a": 1}', '[{"src": null}]', "[" * 100_000])
def test_data_that_holds_no_pictures_is_left(data):
    html = f"<div class='gallery' data-images='{data}'><img src='/1.jpg'></div>"
    assert captions(read(story(html))) == [("/1.jpg", "")]


@pytest.mark.parametrize(
    "other",
    [
        "<div class='carousel'><a href='/x'><img src='/1.jpg'></a><a href='/y'><img src='/2.jpg'></a></div>",
        f"<div class='gallery'><img src='/1.jpg'><p>{PROSE[0] * 6}</p><img src='/2.jpg'></div>",
    ],
)
def test_what_leads_on_or_tells_at_length_is_no_gallery(other):
    assert all(not image.caption for image in read(story(other)).images)


@pytest.mark.parametrize(
    "html",
    [
        "<figure style='background-image: url(/a.jpg)'></figure>",
        "<div class='hero-image' style=\"color:red;background:#fff url('/a.jpg') no-repeat\"></div>",
        "<div role='img' data-bg='url(/a.jpg)'></div>",
        "<div class='photo' data-background-image='/a.jpg'> </div>",
    ],
)
def test_a_picture_may_be_the_background_of_an_empty_element(html):
    assert sources(html) == ["/a.jpg"]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='box' style='background-image: url(/a.jpg)'></div>",
        "<div class='photo' style='background-image: url(/a.jpg)'>Words</div>",
        "<figure style='background-image: url(data:image/gif;base64,AA)'></figure>",
        "<figure style='background-image: none'></figure>",
    ],
)
def test_a_background_that_only_decorates_is_no_picture(html):
    assert sources(html) == []


@pytest.mark.parametrize(
    ("img", "text"),
    [
        ('<img class="emoji" alt="🙂" src="/1f642.svg">', "Open 🙂 at last."),
        ('<img class="latex" alt="x^2" src="/f.png">', "Open x^2 at last."),
    ],
)
def test_a_picture_that_stands_for_words_is_these_words(img, text):
    article = fragment(f"<p>Open {img} at last.</p>", url=AT)
    assert (article.text, article.images) == (text, ())


def test_a_picture_outside_the_frame_of_the_article_is_none_of_it():
    layer = "<div><img src='/x.jpg'><p>Ask for your card today, it costs nothing at all.</p></div>"
    html = document(f"{layer}<main>{HEAD.format('')}</main>")
    assert shown(read(html)) == []


def test_a_link_to_all_that_an_author_wrote_is_around_a_portrait():
    assert shown(read(story('<a href="/authors/ann-lee"><img src="/a.jpg"></a>'))) == []


def test_a_service_that_resizes_shows_the_picture_that_it_is_asked_for():
    assert same.key(f"{AT}/_next/image?url=%2Fp%2Fbridge.jpg&w=640") == same.key(
        f"{AT}/p/bridge.jpg"
    )
