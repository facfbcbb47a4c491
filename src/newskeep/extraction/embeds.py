"""Films, sounds and posts of networks that a page embeds, as links to what they show."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from newskeep import url as addresses
from newskeep.extraction import trackers
from newskeep.extraction.dom import Node
from newskeep.extraction.rules import PLAYERS

_SOURCES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-cookieblock-src")
_IDS = ("videoid", "video-id", "data-videoid", "data-video-id", "data-tweetid", "data-shortcode")
_POSTS = ("data-href", "data-instgrm-permalink", "cite", "data-embed-url", "href")
_YOUTUBE = ("YouTube", "https://www.youtube.com/watch?v={}")
_VIMEO = ("Vimeo", "https://vimeo.com/{}")
_TWITTER = ("X", "https://twitter.com/i/status/{}")
_ELEMENTS = {
    "lite-youtube": _YOUTUBE, "amp-youtube": _YOUTUBE, "youtube-video": _YOUTUBE,
    "lite-vimeo": _VIMEO, "amp-vimeo": _VIMEO, "vimeo-video": _VIMEO,
    "amp-twitter": _TWITTER,
    "amp-instagram": ("Instagram", "https://www.instagram.com/p/{}/"),
    "amp-dailymotion": ("Dailymotion", "https://www.dailymotion.com/video/{}"),
}  # fmt: skip
"""Elements that embed by an id."""
FRAMES = frozenset(["iframe", "video", "audio", "amp-audio"])
POSTS = frozenset(["amp-facebook", "amp-tiktok", "fb:post", "fb:video"])
TAGS = FRAMES | POSTS | _ELEMENTS.keys()
_CLASSES = re.compile(
    r"(?:^|\s)(fb-post|fb-video|twitter-tweet|instagram-media|tiktok-embed|bluesky-embed"
    r"|mastodon-embed|reddit-embed-bq|reddit-card|twitter-video|text-post-media)(?:\s|$)"
)
_NETWORKS = {
    "twitter.com": "X", "x.com": "X", "instagram.com": "Instagram", "facebook.com": "Facebook",
    "tiktok.com": "TikTok", "bsky.app": "Bluesky", "reddit.com": "Reddit", "threads.net": "Threads",
    "threads.com": "Threads", "t.me": "Telegram", "vk.com": "VK", "weibo.com": "Weibo",
}  # fmt: skip
_ID = re.compile(r"[\w-]{1,40}")
_REWRITTEN = (
    (re.compile(r"//[\w.-]*youtube(?:-nocookie)?\.com/embed/(?!videoseries)([\w-]{6,20})"),
     "https://www.youtube.com/watch?v={}"),
    (re.compile(r"//player\.vimeo\.com/video/(\d{1,12})(?!.*[?&]h=)"), "https://vimeo.com/{}"),
    (re.compile(r"//(?:www\.)?dailymotion\.com/embed/video/(\w{1,20})"),
     "https://www.dailymotion.com/video/{}"),
    (re.compile(r"//platform\.twitter\.com/embed/[^?]{0,40}\?(?:.{0,300}&)?id=(\d{1,20})"),
     "https://twitter.com/i/status/{}"),
    (re.compile(r"//(?:www\.)?instagram\.com/((?:p|reel|tv)/[\w-]{1,40})/embed"),
     "https://www.instagram.com/{}/"),
    (re.compile(r"//embed\.bsky\.app/embed/(did:[\w:.-]{1,80})/app\.bsky\.feed\.post/(\w{1,40})"),
     "https://bsky.app/profile/{}/post/{}"),
    (re.compile(r"//open\.spotify\.com/embed(?:-podcast)?/(\w{1,20}/\w{1,40})"),
     "https://open.spotify.com/{}"),
    (re.compile(r"//player\.bilibili\.com/player\.html\?(?:.{0,300}&)?bvid=(BV\w{6,16})"),
     "https://www.bilibili.com/video/{}"),
    (re.compile(r"//t\.me/([\w+-]{1,40}/\d{1,12})\?(?:.{0,100}&)?embed="), "https://t.me/{}"),
    (re.compile(r"//([\w.-]{3,80}/@[\w.@-]{1,80}/\d{1,24})/embed"), "https://{}"),
)  # fmt: skip
"""From the address of a frame to that of what it shows."""


def link(node: Node, base: str) -> Node | None:
    """A link to what an element embeds, by the name of its player; None where it embeds none."""
    if node.tag in _ELEMENTS:
        return _by_id(node)
    if node.tag in ("video", "audio", "amp-audio"):
        address = addresses.absolute(base, _source(node))
        name = "Audio" if node.tag != "video" else "Video"
        return _link(address, name) if address else None
    if node.tag == "iframe":
        return _frame(addresses.absolute(base, _source(node)))
    return _post(node, base)


def is_post(node: Node) -> bool:
    """Whether an element is a post of a network, as that network embeds it."""
    return bool(node.attrs) and bool(_CLASSES.search(node.get("class")[:300]))


def _link(address: str, name: str) -> Node:
    return Node("a", {"href": addresses.without_trackers(address)}, [name])


def _source(node: Node) -> str:
    own = next((node.get(name) for name in _SOURCES if node.get(name)), "")
    return own or next((s.get("src") for s in node.find("source") if s.get("src")), "")


def _by_id(node: Node) -> Node | None:
    name, pattern = _ELEMENTS[node.tag]
    given = next((node.get(one) for one in _IDS if _ID.fullmatch(node.get(one))), "")
    return _link(pattern.format(given), name) if given else None


def _frame(address: str) -> Node | None:
    if not address or len(address) > 4_000:
        return None
    name = next((name for part, name in PLAYERS.items() if part in address), "")
    for pattern, shown in _REWRITTEN:
        match = pattern.search(address)
        if match:
            return _link(shown.format(*match.groups()), name or "Mastodon")
    if "facebook.com/plugins/" in address:
        address = next(iter(parse_qs(urlsplit(address).query).get("href", ())), address)
        address = address if addresses.is_web(address) else ""
    return _link(address, name) if address and name else None


def _post(node: Node, base: str) -> Node | None:
    given = (trackers.destination(base, node.get(name)) for name in _POSTS if node.get(name))
    for address in given:
        name = next((n for host, n in _NETWORKS.items() if _is_on(address, host)), "")
        if name or "mastodon-embed" in node.get("class"):
            return _link(address.removesuffix("/embed"), name or "Mastodon")
    return None


def _is_on(address: str, host: str) -> bool:
    return f".{addresses.host(address)}".endswith(f".{host}")
