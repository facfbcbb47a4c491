"""Whether two addresses may lead to one article: what redirects and canonical links are worth."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from newskeep.url import same_site

_NOT_AN_ARTICLE = re.compile(
    r"(?:^|[/_.?&=-])(?:log-?in|sign-?in|sign-?up|subscribe|consent|not-?found|404|error|captcha)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_FORMS = frozenset(("", "amp", "amp.html", "index.html", "index.php", "m", "mobile", "print"))


def is_door(url: str) -> bool:
    """Whether an address is named as a login, a wall or an error page."""
    return bool(_NOT_AN_ARTICLE.search(url))


def is_article_like(url: str) -> bool:
    """Whether an address looks like one article's: deep enough, and no login or front page.

    Publishers send a withdrawn story to a section's front page and a reader without
    cookies to a wall; joining on those would make one story of many.
    """
    if not url or is_door(url):
        return False
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return (
        bool(re.search(r"\d|%|-.*-", last))
        or len(last) >= 20
        or bool(re.search(r"\d", parts.query))
    )


def is_twin(url: str, other: str) -> bool:
    """Whether an address on the same site may stand for another."""
    return same_site(url, other) and is_same_article(url, other)


def is_same_article(url: str, other: str) -> bool:
    """Whether one address may stand for another: an article's, or one that ends alike.

    `/amp/news/alpha`, `/news/alpha/amp` and `/news/alpha-print` end as `/news/alpha` does.
    Two names made of words must have half of the first one's in common, or else
    `/alpha-ferry-story` would be `/latest-news-headlines`.
    """
    if is_article_like(other):
        own, its = _name_words(url), _name_words(other)
        is_apart = len(own) > 1 and its and 2 * len(own & its) < len(own)
        return not (is_apart and same_site(url, other))
    name, wanted = (_last_name(one) for one in (url, other))
    return len(wanted) > 2 and not is_door(other) and name.startswith(wanted)


def _name_words(url: str) -> set[str]:
    """The words of an address's last part, short ones and numbers left out."""
    return {one for one in _WORD.findall(unquote(_last_name(url))) if len(one) > 2}


def _last_name(url: str) -> str:
    """The last part of the path that is no mere form of the page."""
    parts = [part for part in urlsplit(url).path.lower().split("/") if part not in _FORMS]
    return parts[-1].partition(".")[0] if parts else ""
