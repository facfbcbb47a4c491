"""Who wrote it: names cleaned of “By”, roles, addresses and the site's own name."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from html import unescape

from newskeep.extraction.rules import NOBODY


class Trust(IntEnum):
    """How much a string is worth as evidence of a name, the most first."""

    STATED = 0
    """The document says in its metadata that this is the author."""
    MARKED = 1
    """An element of the page is named or marked as the author's."""
    SEEN = 2
    """Running text that only reads like a byline."""


BY = (
    r"(?:view all posts|more (?:articles|stories|posts)|all posts|posts|articles) by"
    r"|(?:adapted|translated) by|(?:adaptiert|übersetzt) von|traduit par|traducido por"
    r"|(?:zeige )?alle (?:beiträge|artikel) von|voir tous les articles (?:de|par)"
    r"|ver todas las entradas de|"
    r"(?:written|posted|reported|published|created|submitted|compiled|story|words|text|article"
    r"|analysis|interview|photos? and text)\s+by|by|authors?|words|reporter|writer"
    r"|von|vom|autor(?:in|en)?|text|geschrieben von|verfasst von|gespeichert von"
    r"|(?:ein(?:e)? )?(?:gast)?(?:beitrag|kommentar|analyse|essay|interview|bericht|reportage) von"
    r"|par|écrit par|publié par|rédigé par|propos recueillis par|auteure?|texte"
    r"|por|escrito por|publicado por|redactado por|autora|texto|reportagem"
    r"|di|a cura di|scritto da|autore|articolo di|testo di"
    r"|door|geschreven door|auteur|tekst|av|af|skrevet av|skrevet af|skriven av|forfatter"
    r"|kirjoittaja|teksti|autorka|opracowanie|oprac|napsala?|szerző|írta|scris de"
    r"|yazan|yazar|haber|muhabir|oleh|penulis|pewarta|tác giả|viết bởi|theo|bởi|piše"
    r"|автор|авторы|текст|корреспондент|автори|от|συντάκτης|γράφει(?: ο| η)?|του|της"
    r"|بقلم|كتب|كتبت|كتابة|الكاتب|نویسنده|نوشته|خبرنگار|מאת|כתב|כתבה"
    r"|โดย|เขียนโดย|ผู้เขียน|लेखक|লেখক"
)
"""What stands before an author's name, in the languages that put spaces between words."""

BY_CJK = (
    r"(?:本报|本報|本刊|本网|本網|本台|特约|特約|实习|實習|见习|見習|首席|驻[^\s]{1,6})?"
    r"(?:记者|記者|通讯员|通訊員|特派员|特派員)|(?:本文)?作者|撰文|撰稿|采写|採寫|编译|編譯"
    r"|文|图文|圖文|著者|執筆者?|筆者|ライター|取材・文|글쓴이|글|작성자"
)
"""The same where names follow without a space."""

_PREFIX = re.compile(
    rf"^[\s•·|:\-–—]*(?:(?:{BY})(?:\s*[:：|/／]\s*|\.?\s+|$)|(?:{BY_CJK})\s*(?:[:：|/／●・]\s*|\s+|$)"
    r"|(?:本报|本報|本刊|本网|本網|特约|特約)?(?:记者|記者|通讯员|通訊員)\s*(?=[\u4e00-\u9fff]))",
    re.IGNORECASE,
)
_PARTICLE_LIKE = re.compile(r"(?:von|vom|di|da|de)\s+\S+$", re.IGNORECASE)
_LAST_FIRST = re.compile(r"([A-ZÀ-Þ][\w'’-]+), ([A-ZÀ-Þ][\w'’-]+\.?)")
_SPLIT = re.compile(
    r"\s*(?:;|,|\||&|/|、|，|；|／|•|·(?=\s)|\n|\s-{2}\s"
    r"|\s(?:and|und|et|y|e|en|og|och|ja|ve|dan|và|oraz|with|mit|avec|con|и|та|і|και|و|"
    r"im Gespräch mit)\s)\s*"
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\.(?:com|net|org|cn|co|tv|io)\b|[{}<>\[\]=%$#?!:：~^\\《》「」]"
    r"|[\u4e00-\u9fff]{9}|[\u4e00-\u9fff]_|(?:报道|報道|報導|综合|綜合|整理|网友|網友)$"
    r"|\b(?:disclosure|disclaimer|policy|cookies?|guidelines|sign in|log in|login|subscribe)\b"
    r"|^\w+(?:\.\w+){2,}$|(?-i:^[a-z0-9]+(?:-[a-z0-9]+)+$)|\d\D+\d|\d{5}",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]{0,80}[)）\]】](?=\s{0,3}(?:$|[,;|&/、，]))")
_SLOGAN = re.compile(r"[\u4e00-\u9fff]{9}")
_COMPANY = re.compile(r"\b(?:GmbH|AG|KG|Ltd|Inc|LLC|Pty|B\.?V\.|S\.?A\.|s\.r\.o|Oy|AB|A/S)\.?$")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_KOREAN = re.compile(r"(?<![가-힣])([가-힣]{2,4})\s?(?:선임|인턴|전문)?(?:기자|특파원)(?![가-힣])")
_AGENCY_BEHIND = re.compile(
    r"^(\S+ \S.*?) (?:the associated press|associated press|reuters|afp|dpa|efe|ansa|bloomberg)$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<!\b\w)(?<!\b[JS]r)\.+$")
_NUMBERS = re.compile(r"\d{2,}")
_HANDLE = re.compile(r"[^\W\d]{3,}\d{1,4}")
_ROLES = (
    r"correspondent|reporter|editor|writer|columnist|contributor|journalist|producer|photographer"
    r"|editor-in-chief|director|manager|founder|co-founder|ceo|cto|cfo|president|officer|analyst"
    r"|expert|specialist|strategist|consultant|professor|lecturer|researcher|fellow|intern|blogger"
    r"|winemaker|attorney|partner|head of \w+|chief|critic|publisher|moderator|owner|engineer"
    r"|redakteur(?:in)?|korrespondent(?:in)?|reporterin|volontär(?:in)?|autor(?:in)?|journalist(?:in)?"
    r"|chefredakteur(?:in)?|rédact(?:eur|rice)(?: en chef)?|journaliste|correspondante?|reportero"
    r"|redactora?|periodista|corresponsal|editora?|jornalista|repórter|giornalista|inviato"
    r"|redacteur|verslaggever|journalistin|muhabiri?|editörü?|reporterka?|redaktor(?:ka)?|dziennikarz"
    r"|корреспондент|редактор|обозреватель|журналист|специальный корреспондент"
)
_ROLE = re.compile(
    r"(?:,| -| –| —|\||^| )\s*"
    r"(?:(?:senior|staff|chief|contributing|special|political|business|sports?|foreign|deputy|"
    r"managing|associate|assistant|science|tech|technology|news|freelance|lead|guest|executive|"
    r"principal|marketing|content|multimedia|national|health|digital|culture|web|general)\s+)*"
    rf"(?:{_ROLES})s?(?:\s+(?:at|for|in|of|bei|du|de|del|von)\b.*)?$",
    re.IGNORECASE,
)
_ROLE_BEHIND = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\s?"
    r"(?:기자|특파원|선임기자|인턴기자|記者|记者|特派員|特派员|通讯员)(?:\s?외\s?\d+명)?$"
)
_DEGREES = re.compile(
    r"(?:jr|sr|ph\.? ?d|m\.? ?d|m\.? ?a|mba|j\.? ?d|esq|r\.? ?n|cpa|cfp|dds|ma|msc|bsc|rdn?|cfa"
    r"|[A-Z]{2,6}®)\.?®?",
    re.IGNORECASE,
)
_PARTICLES = frozenset((
    "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "d", "la", "le", "el", "y",
    "van", "der", "den", "ter", "ten", "te", "von", "vom", "zu", "zum", "zur", "af", "av", "bin",
    "bint", "ibn", "al", "ul", "ur", "e", "i", "'t",
))  # fmt: skip
_NO_PERSON = frozenset((
    "undefined", "object", "name", "手机版", "电脑版", "下载app", "客户端", "anonym", "anonymous",
    "redakce", "redakcja", "toimitus", "redaksi", "admin", "print", "email",
    "e-mail", "mail", "comments", "comment", "bio", "profile", "profil",
    "website", "instagram", "linkedin", "youtube", "whatsapp", "telegram", "pinterest", "rss",
    "tiktok", "x", "bluesky", "mastodon", "threads", "facebook", "twitter", "autor", "author",
    "authors", "verfasser", "the author", "about", "more", "source", "quelle", "foto", "photo",
    "image", "shutterstock", "pixabay", "unsplash", "istock", "getty images", "alamy", "imago",
    "adobe stock", "depositphotos", "picture alliance", "istockphoto", "guest author", "gastautor",
    "read more", "mehr", "lesen", "weiterlesen", "min read", "home", "news", "subscribe", "share",
    "copy link", "editorial team", "editorial staff", "default", "test", "root", "super user",
    "host",
    "datum", "date", "stand", "fecha", "data", "veröffentlicht", "published", "updated", "by",
    "本报记者", "记者", "編輯", "编辑", "未知", "匿名", "管理员", "网络", "网友", "来源", "记者站",
    "編集部", "기자", "관리자", "운영자", "온라인뉴스팀", "ver perfil", "ver más", "all posts",
))  # fmt: skip
AGENCIES = frozenset((
    "afp", "agencefrancepresse", "ap", "associatedpress", "reuters", "dpa", "apa", "sda", "ats",
    "keystonesda", "efe", "agenciaefe", "europapress", "ansa", "adnkronos", "lusa", "pap", "čtk",
    "mti", "tass", "тасс", "rianovosti", "interfax", "интерфакс", "xinhua", "新华社", "中新社",
    "中央社", "yonhap", "연합뉴스", "kyodo", "共同", "共同通信", "時事", "時事通信", "pti", "ani",
    "ians", "aap", "pa", "upi", "bloomberg", "anadoluajansı", "aa", "iha", "dha", "irna", "wam",
    "spa", "antara", "bernama", "vna", "belga", "anp", "ritzau", "ntb", "tt", "stt",
))  # fmt: skip
"""News agencies, as `key` writes them."""
_MAX_NAME = 60
_MAX_WORDS = 6


def names_in(
    values: list[str],
    site_names: list[str],
    *,
    split: bool = True,
    trust: Trust = Trust.STATED,
) -> tuple[str, ...]:
    """The people named in some strings, each once; the site itself is not one of them."""
    found: dict[str, str] = {}
    sites = {key(name) for name in site_names}
    for value in values:
        if value.lstrip().startswith(("http", "www.", "@")):
            continue
        value = "\n".join(" ".join(line.split()) for line in unescape(value)[:500].splitlines())
        value = _in_order(
            "、".join(_KOREAN.findall(value)) or _without_by(_BRACKETS.sub("", value))
        )
        if split and key(value.partition(",")[0]) in sites and "," in value:
            continue  # an imprint: the site, and where it is
        pieces = _pieces(value) if split else [value]
        if trust is not Trust.STATED and _is_prose(pieces):
            continue
        for piece in pieces:
            name = _clean(piece)
            is_company = split and _COMPANY.search(name)
            if is_name(name, trust) and key(name) not in sites and not is_company:
                found.setdefault(key(name), name)
    return tuple(found.values())


@lru_cache(maxsize=4_000)
def key(name: str) -> str:
    """What two spellings of a name have in common."""
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def _pieces(value: str) -> list[str]:
    """The names of a list, each with its degree (“Ann Lee, PhD” is one); none of an imprint."""
    pieces: list[str] = []
    for piece in _SPLIT.split(value):
        if pieces and _DEGREES.fullmatch(piece.strip()):
            pieces[-1] += f", {piece.strip()}"
        else:
            pieces.append(piece)
    if _is_imprint(pieces):
        return []
    return [name for piece in pieces for name in _apart(piece)]


def _apart(piece: str) -> list[str]:
    """Chinese names with but a space between them, each for itself."""
    words = piece.split()
    return words if len(words) > 1 and all(map(_HAN_NAME.fullmatch, words)) else [piece]


def _is_prose(pieces: list[str]) -> bool:
    """Whether this is running text, or a list of words such as “wellness & prevention”."""
    words = [len(piece.split()) for piece in pieces if piece.strip()]
    return any(n > _MAX_WORDS + 2 for n in words) or (
        len(words) > 1 and max(words) == 1 and "".join(pieces).isascii()
    )


def _is_imprint(pieces: list[str]) -> bool:
    """Whether a list is that of a site and its address or trade, or of who did what for it."""
    first = pieces[0].strip()
    is_site = bool(_DOMAIN.fullmatch(first)) or any(map(_SLOGAN.search, pieces))
    return len(pieces) > 1 and (is_site or sum(":" in piece for piece in pieces) > 1)


def _in_order(value: str) -> str:
    """“Lee, Ann” as “Ann Lee”, which is how library metadata writes one name."""
    match = _LAST_FIRST.fullmatch(value)
    if not match or any(key(word) in AGENCIES or not is_name(word) for word in match.groups()):
        return value
    return f"{match[2]} {match[1]}"


def _without_by(text: str) -> str:
    """The text after “By”; a name that begins like it (“Di Stefano”) stays whole."""
    if _PARTICLE_LIKE.fullmatch(text.strip()):
        return text
    return _PREFIX.sub("", text)


def _clean(piece: str) -> str:
    """A name without “By”, brackets and role; nothing of a piece that is a role alone."""
    name = _without_by(" ".join(piece.split()))
    name = re.sub(r"[(（\[【].{0,80}?[)）\]】]\s*$", "", name)
    cut = _AGENCY_BEHIND.sub(r"\1", _ROLE_BEHIND.sub("", _ROLE.sub("", name)))
    return _FULL_STOP.sub("", cut.strip(" \t:：-–—|,·•*_'\"“”>→»@"))


def is_name(name: str, trust: Trust = Trust.STATED) -> bool:
    """Whether this can be the name of an author, on such evidence."""
    plain = name.casefold()
    if not 2 <= len(name) <= _MAX_NAME or plain in NOBODY or plain in _NO_PERSON:
        return False
    if _NOT_A_NAME.search(name) or not any(ch.isalpha() for ch in name):
        return False
    if _NUMBERS.search(name) and not (trust < Trust.SEEN and _HANDLE.fullmatch(name)):
        return False
    words = name.split()
    if len(words) > _MAX_WORDS or all(word.casefold() in _NO_PERSON for word in words):
        return False
    return _is_cased(words, trust)


def _is_cased(words: list[str], trust: Trust) -> bool:
    """Whether the words begin as those of a name do, where the script knows capitals."""
    small = [w for w in words if w[0].islower() and w.split("'")[0].casefold() not in _PARTICLES]
    if trust is Trust.STATED:
        return len(small) <= 1 or len(small) == len(words) == 2
    if trust is Trust.MARKED and len(words) == 1:
        return not small or len(words[0]) > 3
    return not small
