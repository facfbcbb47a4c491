"""A stand-in for an archive: stories made by hand, for publishers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from support.values import START, article

from newskeep import text
from newskeep.config import Settings
from newskeep.types import Capture, Revision, Source, Stamp, Story


def story(number: int, *wordings: dict[str, Any], **facts: Any) -> Story:
    """A story of these wordings, published `number` hours after the tests' beginning."""
    at = START + timedelta(hours=number)
    url = facts.pop("url", f"https://harbour.example/{number}-story")
    revisions = []
    for place, wording in enumerate(wordings or ({},), start=1):
        given = {"url": url, "published": Stamp(at=at, offset=480), "site": "Harbour", **wording}
        seen = at + timedelta(hours=place)
        revisions.append(
            Revision(
                id=text.digest("revision", str(number), str(place)),
                story=text.digest("story", str(number))[:16],
                number=place,
                first_seen=seen,
                last_seen=seen,
                article=article(**given),
                captures=(text.digest("capture", str(number), str(place)),),
            )
        )
    return Story(
        **{
            "id": revisions[0].story,
            "url": url,
            "source": "s1",
            "source_title": "Harbour",
            "state": "live",
            "first_seen": revisions[0].first_seen,
            "last_seen": revisions[-1].last_seen,
            "aliases": (url,),
            "revisions": tuple(revisions),
            **facts,
        }
    )


def _shown(story: Story) -> tuple[datetime, str]:
    """What stories are walked by."""
    stamp = story.article.published
    return (stamp.at if stamp else story.first_seen, story.id)


class Library:
    """What publishers use of an archive."""

    def __init__(self, *stories: Story, pictures: dict[str, bytes] | None = None, **settings: Any):
        self._stories = sorted(stories, key=_shown)
        self._pictures = pictures or {}
        self.settings = Settings(**{"title": "The Harbour Archive", **settings})

    def stories(self, *, select: str = "", newest_first: bool = True) -> Iterator[Story]:
        """Every story; selecting is the real archive's business."""
        assert not select
        return iter(self._stories[::-1] if newest_first else self._stories)

    def __getitem__(self, name: str) -> Story:
        """The story of this id."""
        return next(one for one in self._stories if one.id == name)

    def sources(self) -> dict[str, Source]:
        """One source."""
        return {"s1": Source(id="s1", url="https://harbour.example/feed", title="Harbour")}

    def picture(self, url: str) -> Capture | None:
        """A kept picture."""
        from newskeep.types import Ref

        data = self._pictures.get(url)
        if data is None:
            return None
        return Capture(
            id="0" * 32, url=url, time=START, kind="response", role="image", digest="",
            ref=Ref("", 0, 0), status=200, payload=data,
        )  # fmt: skip

    def now(self):
        """After everything."""
        return START + timedelta(days=400)
