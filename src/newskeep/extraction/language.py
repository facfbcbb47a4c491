"""The language of an article, as a BCP 47 tag."""

from __future__ import annotations

import re

_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?")
_SAMPLE = 3_000
_SIMPLIFIED = frozenset(
    "们这国时会来说对学过个发经现还进没让问实关点应体从动两长见业种员华东记车报设马师门乐变义"
    "无产论风读话爱难区连办数样条战处强总气传结议决认队确运术带场统头宁妈岁写红张亿广农级万亲书"
)
_TRADITIONAL = frozenset(
    "們這國時會來說對學過個發經現還進沒讓問實關點應體從動兩長見業種員華東記車報設馬師門樂變義"
    "無產論風讀話愛難區連辦數樣條戰處強總氣傳結議決認隊確運術帶場統頭寧媽歲寫紅張億廣農級萬親書"
)
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile(r"[\uac00-\ud7af]"), 0.2),
    ("zh", re.compile(r"[\u3400-\u9fff]"), 0.2),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 0.3),
    ("he", re.compile(r"[\u0590-\u05ff]"), 0.3),
    ("ur", re.compile(r"[\u0679\u0688\u0691\u06ba\u06d2]"), 0.02),
    ("fa", re.compile(r"[\u067e\u0686\u0698\u06af]"), 0.02),
    ("ar", re.compile(r"[\u0600-\u06ff]"), 0.3),
    ("hi", re.compile(r"[\u0900-\u097f]"), 0.3),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.3),
    ("uk", re.compile(r"[іїєґІЇЄҐ]"), 0.02),
    ("ru", re.compile(r"[\u0400-\u04ff]"), 0.3),
)
_FAMILIES = {
    "ar": {"ar", "fa", "ur", "ps", "ckb", "ug"},
    "fa": {"fa", "ur", "ps", "ckb", "ug"},
    "ur": {"ur", "pnb", "ks", "sd"},
    "hi": {"hi", "mr", "ne", "sa"},
    "he": {"he", "yi", "iw"},
}
_NEVER_LATIN = {
    "zh", "ja", "ko", "th", "he", "iw", "yi", "ar", "fa", "ur", "hi", "mr", "ne",
    "el", "ru", "uk", "be", "bg", "mk",
}  # fmt: skip
_CYRILLIC = {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"}


def language(said: list[str], text: str) -> str:
    """What the document says, unless its script says otherwise; empty where nothing does.

    Chinese is told apart as `zh-Hans` or `zh-Hant` by the characters used.
    """
    seen = _by_script(text[:_SAMPLE])
    for value in said:
        tag = normal(value)
        if tag and _fits(tag, seen):
            return f"zh-{_hans(text[:_SAMPLE])}" if tag.startswith("zh") and text else tag
    if seen == "zh":
        return f"zh-{_hans(text[:_SAMPLE])}"
    return seen


def normal(value: str) -> str:
    """A tag as BCP 47 writes it (`en_us` is `en-US`); an empty string where it is none."""
    match = _TAG.match(value.strip())
    if not match or match[1].lower() in ("und", "xx", "mul"):
        return ""
    script = f"-{match[2].title()}" if match[2] else ""
    region = f"-{match[3].upper()}" if match[3] else ""
    return f"{match[1].lower()}{script}{region}"


def _fits(tag: str, seen: str) -> bool:
    main = tag.split("-", maxsplit=1)[0]
    if not seen:
        return main not in _NEVER_LATIN
    if seen in ("ru", "uk"):
        return main in _CYRILLIC
    if seen == "zh":
        return main in ("zh", "yue", "lzh")
    return main in _FAMILIES.get(seen, {seen})


def _by_script(text: str) -> str:
    letters = sum(map(str.isalpha, text))
    if not letters:
        return ""
    return next(
        (lang for lang, pattern, share in _SCRIPTS if len(pattern.findall(text)) > share * letters),
        "",
    )


def _hans(text: str) -> str:
    simple = sum(ch in _SIMPLIFIED for ch in text)
    return "Hant" if sum(ch in _TRADITIONAL for ch in text) > simple else "Hans"
