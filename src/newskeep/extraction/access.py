"""How much of the article was there to read: recorded from evidence, never circumvented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from newskeep.extraction.blocks import weigh
from newskeep.extraction.head import Head, Item
from newskeep.extraction.outline import Outline
from newskeep.extraction.prune import is_hidden, is_wall_picture

OPEN, METERED, SUBSCRIBER, REGISTRATION = "open", "metered", "subscriber", "registration"
TRUNCATED, REMOVED, BLOCKED = "truncated", "removed", "blocked"

_SHORT = 1_500
"""Letters; a body shorter than this may be the top of an article behind a wall."""
_MAX_WORDS = 200_000
_WALL_NAMES = re.compile(
    r"(?:^|[\s_-])(?:pay-?wall|reg-?wall|subscriber-?(?:only|wall)|premium-?(?:wall|teaser|box|content-lock)|"
    r"tp-container-inner|piano-offer|article-?(?:lock|gate)|content-?gate|locked-content|metered?-?(?:wall|content)|"
    r"paid-?(?:content|wall)|subscription-?(?:wall|required))",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"(?:subscribe|sign up|log in|become a (?:member|subscriber)) to (?:continue|keep|read|unlock|access)|"
    r"(?:already a subscriber|this (?:article|story|content) is (?:for|available (?:only )?to) (?:subscribers|members))|"
    r"(?:to continue reading|to read the (?:full|rest)|continue reading with a subscription|unlock this article)|"
    r"(?:reserved for|exclusively? (?:for|to)) (?:our )?(?:subscribers|members)|"
    r"(?:article|contenu|suite) (?:est )?réservée? (?:aux|à nos) abonnés|il vous reste [\d.,]+ ?% de cet article|"
    r"weiterlesen mit|jetzt weiterlesen|nur für abonnent|lesen sie (?:den ganzen artikel )?mit|"
    r"(?:contenido|artículo) (?:exclusivo|solo) para suscriptores|suscríbete para (?:seguir|continuar)|"
    r"(?:contenuto|articolo) riservato agli abbonati|exclusivo para assinantes|"
    r"订阅后(?:继续|可?阅读|查看)|訂閱後(?:繼續|可?閱讀)|(?:付费|付費|订阅|訂閱|会员|會員)(?:后|後)?(?:继续|繼續|可?)?(?:阅读|閱讀)全文|仅限(?:会员|订户)|限會員|會員(?:限定|專屬)|"
    r"この記事は(?:有料会員|会員)限定|有料会員(?:限定|になると)|残り\d+文字|会員登録(?:すると|して)(?:続き|全文)|"
    r"유료 ?회원 ?전용|구독(?:하고|자)[^.]{0,10}(?:계속|전용)|подпишитесь,? чтобы (?:читать|продолжить)",
    re.IGNORECASE,
)
_REGISTER = re.compile(
    r"(?:register|create (?:a|your) free account|sign in|log in) (?:for free )?to (?:continue|keep|read)|registrieren sie sich,? um|"
    r"(?:登录|登入|登錄|注册|註冊)(?:后|後)?(?:可|继续|繼續|查看|阅读|閱讀)|無料(?:会員)?登録(?:すると|して)|inscrivez-vous (?:gratuitement )?pour lire",
    re.IGNORECASE,
)
_TRUNCATED = re.compile(
    r"(?:continue reading|read (?:more|the full (?:story|article)|the rest)|keep reading|full story|weiterlesen|lire la suite|seguir leyendo|leggi tutto|continua a leggere|"
    r"continuar lendo|阅读全文|閱讀全文|查看全文|繼續閱讀|继续阅读|点击查看全文|全文を読む|続きを読む|続きはこちら|더 ?보기|계속 읽기|читать (?:далее|полностью))"
    r"\s*(?:[→»>›]|&raquo;|\.{3}|…|>>)*\s*$|(?:\[…\]|\[\.\.\.\]|\(…\)|\[&hellip;\])\s*$",
    re.IGNORECASE,
)
_BOT = re.compile(
    r"checking your browser|verify (?:that )?you are (?:a )?human|are you a robot|enable javascript and cookies to continue|"
    r"attention required! \| cloudflare|just a moment\.\.\.|unusual traffic|access denied|请完成(?:安全)?验证|人机验证|request unsuccessful\. incapsula",
    re.IGNORECASE,
)
_REMOVED = re.compile(
    r"^(?:(?:error )?404\b|page not found|not found|410 gone|(?:this|the) (?:page|article|story|content) (?:(?:is )?no longer|has been removed|could not be found|can(?:no|')t be found|does(?:n't| not) exist)|"
    r"(?:页面|頁面|网页|您访问的页面|您要查看的页面|文章|内容|该内容|此内容|该文章)(?:不存在|未找到|已(?:被)?删除|已被刪除|已不存在)|ページが見つかりません|seite nicht gefunden|page introuvable|página no encontrada)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What the whole document shows of a wall: a banner or its markup, and its short texts."""

    wall: bool
    words: str


def judge(head: Head, signs: Signs, title: str, text: str) -> str:
    """One of the kinds above, for the article's title and text."""
    size = weigh(text)
    if size < _SHORT and (_BOT.search(title) or _BOT.search(text[:500])):
        return BLOCKED
    if size < _SHORT and (_REMOVED.search(title.strip()) or _REMOVED.search(text.strip()[:200])):
        return REMOVED
    return _wall(head, signs, size) or (TRUNCATED if is_cut(text) else OPEN)


def _wall(head: Head, signs: Signs, size: int) -> str:
    """The wall that the article stands behind, or an empty string."""
    said = _said(head)
    if said == METERED:
        return METERED
    if size < _SHORT and _REGISTER.search(signs.words):
        return REGISTRATION
    if said == SUBSCRIBER or (size < _SHORT and _SUBSCRIBE.search(signs.words)):
        return SUBSCRIBER
    return METERED if signs.wall else ""


def _said(head: Head) -> str:
    """What JSON-LD and `meta` say (schema.org `isAccessibleForFree`)."""
    tier = head.first("article:content_tier", "content_tier", "article:contenttier").lower()
    if tier in ("metered", "locked"):
        return METERED if tier == "metered" else SUBSCRIBER
    item = head.article()
    if _is_false(item.get("isAccessibleForFree")) or _part_is_closed(item):
        return SUBSCRIBER
    return ""


def _is_false(value: Any) -> bool:
    return value is False or (
        isinstance(value, str) and value.strip().lower() in ("false", "no", "0")
    )


def _part_is_closed(item: Item) -> bool:
    if item.get("isAccessibleForFree") is True:
        return False
    parts = item.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    return any(
        isinstance(part, dict) and _is_false(part.get("isAccessibleForFree")) for part in parts
    )


def signs(page: Outline) -> Signs:
    """Collect the signs of a wall before anything is taken out of the tree."""
    wall = any(map(is_wall_picture, page.all("img"))) or any(
        _WALL_NAMES.search(names) and not is_hidden(node) and node.text()
        for node, names in page.named
    )
    words = [c for n in page.order for c in n.children if isinstance(c, str) and 8 < len(c) < 400]
    return Signs(wall, " ".join(" ".join(words).split())[:_MAX_WORDS])


def is_cut(text: str) -> bool:
    """Whether a text ends with “continue reading”, “阅读全文” or the like."""
    return bool(_TRUNCATED.search(text.rstrip()[-60:]))
