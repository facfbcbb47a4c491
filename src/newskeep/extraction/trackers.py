"""Where a link leads, past those who count who follows it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from newskeep import url as addresses

_DOORS: dict[str, tuple[str, str]] = {
    "www.google.com": ("/url", "q url"),
    "google.com": ("/url", "q url"),
    "l.facebook.com": ("/l.php", "u"),
    "lm.facebook.com": ("/l.php", "u"),
    "www.facebook.com": ("/flx/warn/", "u"),
    "l.instagram.com": ("/", "u"),
    "www.youtube.com": ("/redirect", "q"),
    "out.reddit.com": ("/", "url"),
    "t.umblr.com": ("/redirect", "z"),
    "slack-redir.net": ("/link", "url"),
    "vk.com": ("/away.php", "to"),
    "away.vk.com": ("/away.php", "to"),
    "link.zhihu.com": ("/", "target"),
    "duckduckgo.com": ("/l/", "uddg"),
    "go.redirectingat.com": ("/", "url"),
    "www.linkedin.com": ("/redir/redirect", "url"),
    "steamcommunity.com": ("/linkfilter/", "url u"),
    "safelinks.protection.outlook.com": ("/", "url"),
}
"""Services that send on whoever asks: host, path, and the parameters that may hold the target."""
_MORE = re.compile(
    r"(?:_ga|_gl|gclsrc|srsltid|ttclid|igsh|li_fat_id|mibextid|ref_source|fb_action_\w+|fb_source"
    r"|oly_(?:anon|enc)_id|rb_clickid|s_kwcid|pk_(?:campaign|kwd|source|medium)|piwik_\w+|mtm_\w+"
    r"|matomo_\w+|hsa_\w+|_openstat|sc_cid|wickedid|trk(?:campaign)?|ml_subscriber(?:_hash)?"
    r"|__(?:hstc|hssc|hsfp|s)|hsctatracking)=",
    re.IGNORECASE,
)
"""Trackers that are no part of an address's identity, beside those `url` knows."""
_MOST = 4_000


def destination(base: str, href: str) -> str:
    """The absolute web address that a link on a page at `base` leads to; empty for none.

    Wrappers of well-known services give way to their target, trackers are taken off, and
    nothing else changes. A link into the page itself leads nowhere.
    """
    target = addresses.absolute(base, href)
    if not target or _is_inside(target, base):
        return ""
    for _ in range(2):
        target = _unwrapped(target)
    return _without_more(addresses.without_trackers(target))


def _is_inside(target: str, base: str) -> bool:
    before, mark, _ = target.partition("#")
    return bool(mark) and before == base.partition("#")[0]


def _unwrapped(target: str) -> str:
    if "?" not in target[:_MOST] or len(target) > _MOST:
        return target
    host = addresses.host(target)
    path, names = _DOORS.get(host) or _DOORS.get(host.partition(".")[2], ("", ""))
    parts = urlsplit(target) if names else None
    if parts is None or parts.path.rstrip("/") != path.rstrip("/"):
        return target
    given = parse_qs(parts.query, max_num_fields=None)
    held = (value for name in names.split() for value in given.get(name, ()))
    return next((one for one in held if addresses.is_web(one)), target)


def _without_more(target: str) -> str:
    before, mark, fragment = target.partition("#")
    head, question, query = before.partition("?")
    if not question or not _MORE.search(query):
        return target
    kept = "&".join(one for one in query.split("&") if not _MORE.match(one))
    return head + (question if kept else "") + kept + mark + fragment
