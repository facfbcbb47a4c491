"""Web addresses: the form under which one is known, resolving, and comparing sites."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

VERSION = 1
"""Of the canonical form. Another version is another identity: archives are then rebuilt."""

_PORTS = {"http": 80, "https": 443}
_USUAL = re.compile(
    r"(https?)://([a-z0-9][a-z0-9.-]*)(?::([1-5][0-9]{4}|[1-9][0-9]{0,3}))?"
    r"(/[!\"$->@-~]*)?(?:\?([!\"$-~]*))?(?:#([!-~]*))?"
)
"""Most addresses by far: printable ASCII, no user, the host in lower case, no odd port."""

_SPACE = re.compile(r"[\t\r\n]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNESCAPED = re.compile(r"[^!-~]|[\"<>\\^`{|}]")
_NOT_IN_A_HOST = re.compile('[\x00-\x20"#%/<>?@\\\\^`{|}\x7f-\xa0\ud800-\udfff]')
_DOT = re.compile("[.。．｡]")
_DEVIATION = re.compile("[ßς]")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_TRACKER = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)"
    r"|mkt_tok|vero_id|wt\.mc_id|s_cid|cmpid|ito|at_(?:medium|campaign|custom\d|link_\w+|format|bbc_team)"
    r"|__twitter_impression|spm|scm|share_token|ns_\w+|ref_src|ref_url|guccounter|guce_\w+)=",
    re.IGNORECASE,
)
_FEED_TRACKER = re.compile(r"source=(?:rss|rss-[\w-]*)$")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "net", "or", "org", "ne", "go"})


def canonical(url: str) -> str:
    """The form under which an address is known (RFC 3986 §6.2, and what is known of news sites).

    Scheme and host in lower case, http as https, default port, fragment and trackers
    dropped, escapes and dot segments normalised; the order of a query and a final slash
    stay, for they may mean something. Idempotent. Other schemes and garbage come back
    stripped; nothing is raised.
    """
    url = _SPACE.sub("", url.strip())
    parts = _split(url)
    if parts is None:
        return url
    path = _escaped(_without_dots(parts.path or "/"))
    query = _kept(_escaped(parts.query))
    fragment = _escaped(parts.fragment) if parts.fragment.startswith("!") else ""
    whole = f"https://{_authority(parts, secure=True)}{path}"
    return whole + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def absolute(base: str, reference: str) -> str:
    """The http(s) address that a reference on a page means; an empty string where it is none."""
    reference = _SPACE.sub("", reference.strip()).replace(" ", "%20")
    if not reference:
        return ""
    if _needs_no_base(reference):
        return reference
    try:
        joined = urljoin(base, reference)
    except ValueError:
        return ""
    return joined if is_web(joined) else ""


def is_web(url: str) -> bool:
    """Whether this is an http or https address with a host."""
    return _split(url) is not None


def host(url: str) -> str:
    """The host in lower case without its port, or an empty string."""
    parts = _split(url)
    return parts.host if parts else ""


def origin(url: str) -> str:
    """`scheme://host:port`, the port only where it is not the default one; else an empty string."""
    parts = _split(url)
    return f"{parts.scheme}://{_authority(parts)}" if parts else ""


def usual(url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port of an address of the plainest shape, which all readers read alike.

    Printable ASCII, no user, the host in lower case; None for any other address.
    """
    parts = _split(url) if _USUAL.fullmatch(url) else None
    return parts[:3] if parts else None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one site: their registrable domains are equal.

    A small rule, not the Public Suffix List: the last two labels, or three below a
    country's second level such as co.uk; an address in digits must be equal as a whole.
    """
    first, second = host(one), host(other)
    return bool(first) and (first == second or _site(first) == _site(second))


def without_trackers(url: str) -> str:
    """The address as given, less the parameters that only track its reader."""
    before, mark, fragment = url.partition("#")
    head, question, query = before.partition("?")
    kept = _kept(query)
    return head + (question if kept else "") + kept + mark + fragment


class _Parts(NamedTuple):
    """A web address taken apart; scheme and host in lower case, the host as it is written."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    fragment: str


@lru_cache(maxsize=128)  # an entry is asked about the same few addresses again and again
def _split(url: str) -> _Parts | None:
    usual = _USUAL.fullmatch(url)
    if usual:
        scheme, name, digits, path, query, fragment = usual.groups("")
        return _Parts(scheme, name, int(digits) if digits else None, path, query, fragment)
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not _is_host(name) or port == 0:
        return None
    return _Parts(parts.scheme, name, port, parts.path, parts.query, parts.fragment)


def _needs_no_base(reference: str) -> bool:
    """Whether this is a whole address that resolving would leave as it stands."""
    return (
        reference.startswith(("https://", "http://"))
        and not reference.endswith(("?", "#"))
        and "?#" not in reference
        and ";" not in reference
        and is_web(reference)
    )


def _is_host(name: str) -> bool:
    name = unicodedata.normalize("NFKC", name).rstrip(".")
    return bool(name) and not _NOT_IN_A_HOST.search(name)


def _authority(parts: _Parts, *, secure: bool = False) -> str:
    """Host and port; with `secure` https' own port is left out too, for http counts as https."""
    name = _ascii_host(parts.host.rstrip("."))
    name = f"[{name}]" if ":" in name else name
    defaults = (None, _PORTS[parts.scheme], _PORTS["https"] if secure else None)
    return name if parts.port in defaults else f"{name}:{parts.port}"


def _ascii_host(name: str) -> str:
    if name.isascii():
        return name
    try:
        return ".".join(map(_ascii_label, _DOT.split(name)))
    except UnicodeError:
        return name


def _ascii_label(label: str) -> str:
    """A label as browsers write it; Python's codec follows an older rule that makes ß into ss."""
    if _DEVIATION.search(label):
        return "xn--" + unicodedata.normalize("NFC", label).encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii")


def _escaped(text: str) -> str:
    """Escapes in upper case, those of plain characters undone, all else escaped as UTF-8."""
    if "%" in text:
        text = _ESCAPE.sub(_normal_escape, text)
    return _UNESCAPED.sub(_escape, text)


def _normal_escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _PLAIN else match[0].upper()


def _escape(match: re.Match[str]) -> str:
    data = match[0].encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in data)


def _without_dots(path: str) -> str:
    """RFC 3986 §5.2.4."""
    if "/." not in path and "%2" not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        plain = segment.lower().replace("%2e", ".")
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(segment)
    is_folder = path.rsplit("/", 1)[-1].lower().replace("%2e", ".") in (".", "..")
    return "/" + "/".join(kept) + ("/" if is_folder and kept and kept[-1] else "")


def _kept(query: str) -> str:
    pairs = query.split("&") if query else []
    return "&".join(one for one in pairs if not _is_tracker(one))


def _is_tracker(pair: str) -> bool:
    return bool(_TRACKER.match(pair) or _FEED_TRACKER.match(pair))


def _site(name: str) -> str:
    labels = name.split(".")
    if ":" in name or labels[-1].isdigit():
        return name
    below = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if below else labels[-2:])
