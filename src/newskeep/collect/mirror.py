"""A Jekyll mirror: a folder, or a Git repository, of posts. Each file becomes a capture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath

from newskeep import clock
from newskeep.captures import payload_digest
from newskeep.collect.common import (
    Aids,
    Found,
    IsKnown,
    at_time,
    fragment_of,
    place,
    problem,
    read,
    unreadable,
    walk,
)
from newskeep.collect.git import Blobs, GitFailed, Repository, fetch
from newskeep.collect.kinds import is_bare
from newskeep.collect.progress import Progress
from newskeep.config import Settings
from newskeep.discover import jekyll
from newskeep.errors import FetchError
from newskeep.types import Problem, Received, Source
from newskeep.url import is_web

ENDINGS = (".md", ".markdown", ".mkd", ".html", ".htm")
MOST_BYTES = 16 << 20
"""The largest file that is read as a post."""

HISTORY = "history"
"""Behind the `#` of a mirror's address: every version of its posts is wanted."""

_SITE = "_site"
_LINK = "it is a symbolic link, and links are not followed"


@dataclass(frozen=True, slots=True)
class Post:
    """A post's file: its name inside the mirror, where it stands, and a way to read it.

    `read` raises OSError, and ValueError where it is no post.
    """

    name: str
    at: str
    read: Callable[[], bytes]


def collect(
    source: Source, settings: Settings, is_known: IsKnown, aids: Aids | None = None
) -> Iterator[Found]:
    """Every post of the mirror that is not kept as it is, in the order of publication.

    A folder and a work tree are read as they stand; of a bare or a remote repository, its
    HEAD. With `#history` behind the address, every version of every post that a
    repository's history holds, at the time of its commit.
    """
    aids = aids or Aids()
    deep = fragment_of(source.url) == HISTORY
    try:
        if is_web(source.url):
            if aids.folder is None:
                raise GitFailed("there is no folder to fetch it into")
            yield from _repository(fetch(source, settings, aids, deep=deep), source, is_known, aids)
            return
        root = place(source)
        if isinstance(root, Problem):
            yield root
        elif is_bare(root):
            yield from _repository(Repository(root), source, is_known, aids)
        elif deep:
            yield from _repository(Repository(root / ".git"), source, is_known, aids)
        else:
            yield from posts(root, is_known, source=source.id)
    except FetchError as error:
        yield problem(source.url, error.kind, f"{source.url}: {error}")
    except (GitFailed, OSError) as error:
        yield problem(source.url, "git-failed", f"{source.url}: {error}")


def posts(folder: Path, is_known: IsKnown, *, source: str = "") -> Iterator[Found]:
    """The posts below a folder that are not kept as they are, in the order of publication.

    They stand in `_posts` where there are any, else they are every file with a date in its
    name. Links are not followed but told; hidden folders and built sites are passed over.
    """
    found = []
    for one in walk(folder, skip=(_SITE,)):
        if isinstance(one, Problem):
            yield one
        elif one.name.lower().endswith(ENDINGS) and (one.is_file() or one.is_symlink()):
            found.append(one.relative_to(folder).as_posix())
    chosen = _chosen(found, is_posts=folder.resolve().name == "_posts")
    for name in chosen:
        if (folder / name).is_symlink():
            yield unreadable(folder / name, _LINK)
    files = (folder / name for name in chosen if not (folder / name).is_symlink())
    there = (
        Post(one.relative_to(folder).as_posix(), str(one), partial(_read, one)) for one in files
    )
    yield from _new(there, is_known, source)


def _read(path: Path) -> bytes:
    try:
        return read(path, MOST_BYTES)
    except ValueError:
        raise ValueError(f"it is larger than {MOST_BYTES >> 20} MB, too large for a post") from None


def _chosen(names: list[str], *, is_posts: bool = False) -> list[str]:
    """Those in a `_posts` folder where there are any, else those with a date.

    A mirror that lost a date called it NaN.
    """
    return names if is_posts else [*filter(_is_in_posts, names)] or [*filter(_is_dated, names)]


def _is_dated(name: str) -> bool:
    return bool(_permalink(name)) or PurePosixPath(name).name.startswith("NaN-")


def _new(found: Iterable[Post], is_known: IsKnown, source: str) -> Iterator[Found]:
    days = groupby(sorted(found, key=_day_and_name), key=_day)
    for post in (post for _, same_day in days for post in _by_time(list(same_day))):
        yield from _received(post, is_known, source)


def _day(post: Post) -> str:
    """The day in a post's name, as Jekyll makes it."""
    return _permalink(post.name)[:11]


def _permalink(name: str) -> str:
    return jekyll.permalink(PurePosixPath(name).name)


def _day_and_name(post: Post) -> tuple[str, str, str]:
    return _day(post), PurePosixPath(post.name).name, post.at


def _by_time(same_day: list[Post]) -> list[Post]:
    """Posts of one day by the time they tell, so that two of one address are in their order."""
    return sorted(same_day, key=_time) if len(same_day) > 1 else same_day


def _time(post: Post) -> float:
    with suppress(OSError, ValueError):
        stamp = jekyll.parse(post.read(), name=post.name).published
        return stamp.at.timestamp() if stamp else 0.0
    return 0.0


def _received(post: Post, is_known: IsKnown, source: str) -> Iterator[Found]:
    try:
        data = post.read()
        url = jekyll.parse(data, name=post.name, received=clock.now()).url
    except OSError as error:
        yield unreadable(post.at, error)
        return
    except ValueError as error:
        yield unreadable(post.at, str(error))
        return
    if not is_known(url, payload_digest(data)):
        yield Received(
            kind="resource",
            role="post",
            url=url,
            payload=data,
            source=source,
            headers=(("Newskeep-Name", post.name),),
            content_type="text/markdown; charset=utf-8",
        )


# Repositories


def _repository(
    repository: Repository, source: Source, is_known: IsKnown, aids: Aids
) -> Iterator[Found]:
    """The posts of a repository's newest commit, unless all of it is known."""
    head = repository.head()
    progress = Progress(aids.folder, source.url, head, is_known)
    if progress.place:
        return
    with repository.blobs() as blobs:
        for found in _of_commit(repository, head, blobs, source, is_known):
            if isinstance(found, Received):
                progress.gave(found.url, payload_digest(found.payload))
            yield found
    progress.reached(1)


def _of_commit(
    repository: Repository, head: str, blobs: Blobs, source: Source, is_known: IsKnown
) -> Iterator[Found]:
    names = {path: blob for path, blob in repository.files(head) if _is_candidate(path)}
    chosen = _chosen(sorted(names))
    if fragment_of(source.url) != HISTORY:
        there = (_blob_post(path, names[path], head, blobs) for path in chosen)
        yield from _new(there, is_known, source.id)
        return
    is_post = _is_in_posts if any(map(_is_in_posts, chosen)) else _is_dated
    for version in repository.history(head):
        if _is_candidate(version.path) and is_post(version.path):
            post = _blob_post(version.path, version.blob, head, blobs)
            for found in _received(post, is_known, source.id):
                yield at_time(found, version.time) if isinstance(found, Received) else found


def _is_in_posts(path: str) -> bool:
    return "_posts" in PurePosixPath(path).parts[:-1]


def _is_candidate(path: str) -> bool:
    folders = PurePosixPath(path).parts[:-1]
    is_shown = not any(one.startswith(".") or one == _SITE for one in folders)
    return is_shown and path.lower().endswith(ENDINGS)


def _blob_post(path: str, blob: str, head: str, blobs: Blobs) -> Post:
    return Post(path, f"{path} in {head[:12]}", partial(blobs.read, blob, MOST_BYTES))
