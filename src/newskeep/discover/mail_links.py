"""The links of a newsletter: where it is shown on the web, and what nobody else may have.

Senders put tokens into links, by which anybody who has them may read as, or unsubscribe,
the one whom the message was sent to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from newskeep import text
from newskeep.extraction.dom import parse
from newskeep.url import absolute, without_trackers

_MOST_LINKS = 5000
_LONGEST_WORDS = 200
"""Characters of a link's text past which it is no label but a part of the letter."""

_LEAVE = re.compile(
    r"unsubscrib|opt[\s_-]?out|subscription[_/-]center|remove\s+me\b"
    r"|(?:manage|update|change|edit)\s+(?:your\s+|my\s+)?(?:e-?mail\s+)?"
    r"(?:preferences|subscriptions?|profile|settings)|(?:email|mail|manage)[_/-]?preferences"
    r"|退订|退訂|取消订阅|取消訂閱|配信停止|購読解除|수신\s?거부|구독\s?취소|отписаться"
    r"|abmelden|abbestellen|désabonn|desabonn|désinscri|desinscri|darse de baja"
    r"|cancelar (?:la |a )?(?:suscripci|inscri|assinatura)|disiscri|cancella(?:ti| iscrizione)"
    r"|uitschrijven|afmelden|avregistrera|wypisz",
    re.IGNORECASE,
)
"""Words of a link that ends or changes a subscription, in its text or its address."""

_VIEW = re.compile(
    r"\b(?:view|read|open|see)\b.{0,40}?\b(?:browser|online|on the web)\b"
    r"|web\s?version|online version|browser version"
    r"|在浏览器中|在瀏覽器|网页版|網頁版|在线阅读|線上閱讀|ブラウザ|webで(?:見る|読む)|브라우저|웹에서"
    r"|\b(?:im|in (?:je|uw|de)) browser|online (?:ansehen|lesen)|version en ligne"
    r"|dans votre navigateur|nel browser|en (?:el|tu|su) navegador|no (?:seu )?navegador"
    r"|в браузере",
    re.IGNORECASE,
)
"""Words of the link under which a message is shown on the web."""

_RECIPIENT = re.compile(
    r"e|e?mail|uid|user|(?:access_?)?token|jwt|subscriber(?:_?id)?|recipient|contact|k|key|hash",
    re.IGNORECASE,
)
"""Parameters of a link that tell who was sent it."""

_OPAQUE = re.compile(
    r"(?=[A-Z0-9=+]*[a-z])(?=[a-z0-9=+]*[A-Z])(?=[A-Za-z=+]*[0-9])[A-Za-z0-9=+]{20,}"
    r"|[0-9a-f]{32,}"
)
"""What in an address can only be a token."""

_LONGEST = 2000


def settle(html: str, leaving: Collection[str], rename: Callable[[str], str]) -> tuple[str, str]:
    """A message's HTML as it may be kept and read, and its own address where it names one.

    Left out are links that end or change a subscription, those to an address among
    `leaving`, and those to the message itself, for they tell who was sent it. Pictures that
    the message brings along (`cid:`) get the address that `rename` makes of their
    Content-ID. The own address is empty where it is missing or secret.
    """
    page = parse(html)
    body = page.body
    if body is None:
        return "", ""
    own = ""
    for link in page.css("a[href]")[:_MOST_LINKS]:
        href = (link.attributes.get("href") or "").strip()[:_LONGEST]
        words = _label(link)
        is_own = bool(_VIEW.search(words))
        if is_own:
            own = own or impersonal(absolute("", href))
        if is_own or href in leaving or _LEAVE.search(href) or _LEAVE.search(words):
            link.decompose()
    for picture in page.css('img[src^="cid:" i]'):
        picture.attrs["src"] = rename((picture.attributes.get("src") or "")[4:])
    return body.inner_html or "", own


def impersonal(url: str) -> str:
    """An address without what tells who was sent it; empty where all of it is such a token."""
    parts = urlsplit(without_trackers(url))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _RECIPIENT.fullmatch(pair[0])]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    plain = urlunsplit(parts._replace(query=query, fragment=""))
    return "" if _OPAQUE.search(plain) or not parts.path.strip("/") else plain


def _label(link: LexborNode) -> str:
    words = text.squash(link.text())
    return words if len(words) <= _LONGEST_WORDS else ""
