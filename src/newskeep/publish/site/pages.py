"""Pages from templates. Every link is relative, so the site works from any folder or disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from newskeep import dates
from newskeep.compare import Piece, diff
from newskeep.extraction.clean import sanitise
from newskeep.publish import pictures
from newskeep.publish.pictures import Picture
from newskeep.publish.site.plan import Card, Listing, Site
from newskeep.publish.site.words import Words
from newskeep.publish.target import Target
from newskeep.types import Article, Image, Revision, Story

if TYPE_CHECKING:
    from newskeep.archive import Archive

_IMAGE = re.compile(r"<img\b[^>]*>")
_FIELD = re.compile(r'\b(src|alt)="([^"]*)"')
_RTL = ("ar", "fa", "he", "ur", "yi", "ps", "ug", "dv")
_SECONDS = 3
_COLUMN = 6
_DAYS = 7
_PER_DAY = 8

Kept = tuple[str, int, int] | None
"""A kept picture's file name, width and height."""


class Pages:
    """Writes every page of a site."""

    def __init__(self, archive: Archive, site: Site, out: Target, language: str) -> None:
        self._archive = archive
        self._site = site
        self._out = out
        self._words = Words(language)
        self._pictures: dict[str, Kept] = {}
        self._folders = {
            (listing.kind, listing.name): listing.path
            for group in (site.sources, site.authors, site.tags)
            for listing in group.values()
        }

    def write_all(self, select: str) -> None:
        """The front page, lists, articles, versions, changes, the index pages and 404."""
        for story in self._archive.stories(select=select, newest_first=False):
            card = self._site.by_id.get(story.id)
            if card:
                self._story(story, card)
        self._front()
        for group in (self._site.sources, self._site.authors, self._site.tags):
            for listing in group.values():
                self._listing(listing)
        for listing in (*self._site.months.values(), *self._site.days.values()):
            self._listing(listing)
        self._indexes()

    def _front(self) -> None:
        newest = self._site.cards[::-1]
        lead, seconds = self._chosen(newest)
        shown = {id(card) for card in (lead, *seconds) if card}
        columns = [
            (listing, [one for one in listing.cards[::-1] if id(one) not in shown][:_COLUMN])
            for listing in sorted(self._site.sources.values(), key=lambda one: -len(one.cards))
        ]
        days = [
            (listing, listing.cards[::-1][:_PER_DAY])
            for listing in list(self._site.days.values())[::-1][:_DAYS]
        ]
        self._page(
            "index.html", "front.html", lead=lead, seconds=seconds, columns=columns, days=days
        )

    def _chosen(self, newest: list[Card]) -> tuple[Card | None, list[Card]]:
        """The lead and the seconds: of the newest, those with a kept picture first."""
        recent = [card for card in newest[: 3 * _SECONDS] if card.state != "gone"]
        shown = {self._kept(card.lead.url): card for card in reversed(recent) if card.lead}
        ranked = sorted(recent, key=lambda card: not self._is_pictured(card, shown))
        first = {card.source: card for card in reversed(ranked)}
        ordered = sorted(ranked, key=lambda card: first[card.source] is not card)[: _SECONDS + 1]
        return (ordered[0], ordered[1:]) if ordered else (None, [])

    def _is_pictured(self, card: Card, shown: Mapping[Kept, Card]) -> bool:
        """Whether a card brings a picture that no newer one on the page shows."""
        kept = self._kept(card.lead.url) if card.lead else None
        return kept is not None and shown[kept] is card

    def _listing(self, listing: Listing) -> None:
        pages = listing.pages
        for page in pages:
            values: dict[str, Any] = {
                "listing": listing,
                "page": page,
                "last": len(pages),
                "pages": pages,
            }
            self._page(f"{page.path}/index.html", "list.html", **values)

    def _indexes(self) -> None:
        for kind, group in (
            ("sources", self._site.sources),
            ("authors", self._site.authors),
            ("tags", self._site.tags),
        ):
            listings = sorted(group.values(), key=lambda one: (-len(one.cards), one.name))
            self._page(f"{kind}/index.html", "names.html", kind=kind, listings=listings)
        self._page("archive/index.html", "months.html", years=self._years())
        self._page("changes/index.html", "changes.html")
        self._page("404.html", "missing.html", absolute=True)

    def _years(self) -> list[tuple[str, list[Listing]]]:
        years: dict[str, list[Listing]] = {}
        for name, listing in self._site.months.items():
            years.setdefault(name[:4], []).append(listing)
        return [(year, months[::-1]) for year, months in sorted(years.items(), reverse=True)]

    def _story(self, story: Story, card: Card) -> None:
        self._article(story, card, story.latest, f"{card.path}/index.html")
        for old, new in zip(story.revisions, story.revisions[1:], strict=False):
            self._versions(story, card, old, new)
        for revision in story.revisions[:-1]:
            self._article(story, card, revision, f"{card.path}/v{revision.number}/text.html")

    def _versions(self, story: Story, card: Card, old: Revision, new: Revision) -> None:
        self._page(
            f"{card.path}/v{new.number}/index.html",
            "versions.html",
            story=story,
            card=card,
            old=old,
            new=new,
            diff=(changes := diff(old, new)),
            paragraphs=_paragraphs(changes.body),
        )

    def _article(self, story: Story, card: Card, revision: Revision, name: str) -> None:
        root = "../" * name.count("/")
        article = revision.article
        self._page(
            name,
            "article.html",
            story=story,
            card=card,
            revision=revision,
            article=article,
            body=Markup(self._body(article, root)),  # noqa: S704  (sanitised in _body)
            lead=self._lead(article, root),
            json_ld=self._json_ld(story, article),
        )

    def _body(self, article: Article, root: str) -> str:
        """The article's HTML, sanitised once more, with its pictures as we kept them."""

        def local(match: re.Match[str]) -> str:
            fields = dict(_FIELD.findall(match[0]))
            image = Image(url=unescape(fields.get("src", "")), alt=unescape(fields.get("alt", "")))
            return self._figure(image, root)

        return _IMAGE.sub(local, sanitise(article.html, article.url))

    def _lead(self, article: Article, root: str) -> Markup:
        """The lead picture with its words, where the body does not show it."""
        image = pictures.lead(article)
        if image is None or not self._kept(image.url):
            return Markup()
        credit = f'<span class="credit">{escape(image.credit)}</span>' if image.credit else ""
        words = " ".join(part for part in (escape(image.caption), credit) if part)
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        return Markup(f"<figure>{self._figure(image, root)}{caption}</figure>")  # noqa: S704

    def _figure(self, image: Image, root: str) -> str:
        kept = self._kept(image.url)
        if kept is None:
            missing, see = (
                escape(self._words("picture_missing")),
                escape(self._words("see_original")),
            )
            link = f'<a href="{escape(image.url)}" rel="noreferrer">{see}</a>'
            return f'<span class="unkept">{missing} {link}</span>'
        name, width, height = kept
        return (
            f'<img src="{root}pictures/{name}" width="{width}" height="{height}" '
            f'alt="{escape(image.alt)}" loading="lazy">'
        )

    def _kept(self, url: str) -> Kept:
        """File name and size of a kept picture, which is written when it is first asked for."""
        if url not in self._pictures:
            picture = pictures.kept(self._archive, url)
            self._pictures[url] = self._written(picture) if picture else None
        return self._pictures[url]

    def _written(self, picture: Picture) -> tuple[str, int, int]:
        self._out.write(f"pictures/{picture.name}", picture.data)
        return picture.name, picture.width, picture.height

    def _json_ld(self, story: Story, article: Article) -> Markup:
        facts: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "isBasedOn": story.url,
            "inLanguage": article.lang or None,
            "datePublished": dates.iso(article.published.at) if article.published else None,
            "dateModified": dates.iso(article.modified.at) if article.modified else None,
            "author": [{"@type": "Person", "name": name} for name in article.authors] or None,
            "publisher": {"@type": "Organization", "name": story.source_title},
        }
        text = json.dumps({key: value for key, value in facts.items() if value}, ensure_ascii=False)
        return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704

    def _page(self, name: str, template: str, *, absolute: bool = False, **values: Any) -> None:
        base = self._archive.settings.base_url.rstrip("/")
        root = f"{base}/" if absolute and base else "../" * name.count("/")
        page = self._templates.get_template(template).render(root=root, path=name, **values)
        self._out.write(name, page)

    @cached_property
    def _templates(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("newskeep.publish.site"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        environment.filters.update(
            lang=_lang,
            direction=_direction,
            href=quote,
            utc=dates.iso,
            time=_time,
            date=self._date,
            moment=self._moment,
            day=self._day,
            month=self._month,
            kept=self._kept,
            folder=lambda name, kind: quote(self._folders.get((kind, name), "")),
        )
        environment.globals.update(
            words=self._words,
            language=self._words.language,
            settings=self._archive.settings,
            site=self._site,
            style=Markup(self._style()),  # noqa: S704  (our own file)
        )
        return environment

    def _style(self) -> str:
        loader = jinja2.PackageLoader("newskeep.publish.site")
        source = loader.get_source(jinja2.Environment(autoescape=True), "style.css")[0]
        return _small(source)

    def _day(self, at: datetime) -> str:
        """A date in the site's language."""
        if self._words.language.startswith("zh"):
            weekday = "一二三四五六日"[at.weekday()]
            return f"{at.year}年{at.month}月{at.day}日 星期{weekday}"
        return f"{at:%A}, {at.day} {at:%B %Y}"

    def _date(self, at: datetime) -> str:
        """A date in the site's language, as short as it can be read."""
        if self._words.language.startswith("zh"):
            return f"{at.year}年{at.month}月{at.day}日"
        return f"{at.day} {at:%b %Y}"

    def _moment(self, at: datetime) -> str:
        """A time in UTC, in the site's language."""
        return f"{self._date(at.astimezone(UTC))}, {at.astimezone(UTC):%H:%M} UTC"

    def _month(self, name: str) -> str:
        """`2026-11`, or a day, in the site's language."""
        if len(name) > len("2026-11"):
            return self._day(datetime.fromisoformat(name))
        at = datetime.fromisoformat(f"{name}-01")
        chinese = self._words.language.startswith("zh")
        return f"{at.year}年{at.month}月" if chinese else f"{at:%B %Y}"


def _paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of a diff by the paragraph in which they stand."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        found[-1].append(piece._replace(text=first))
        found.extend([piece._replace(text=other)] for other in others)
    return [paragraph for paragraph in found if any(piece.text for piece in paragraph)]


def _time(card: Card) -> str:
    """The time of day in the source's zone; nothing for a bare date."""
    return "" if card.stamp.day_only else f"{card.local:%H:%M}"


def _lang(value: str, default: str = "en") -> str:
    return value or default


def _direction(lang: str) -> str:
    return "rtl" if lang.lower().split("-")[0] in _RTL else "ltr"


def _small(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", css)).strip()
