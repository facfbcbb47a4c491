"""Jekyll mirrors as a source: a folder as it stands, a repository at its head or through time."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.repositories import WorkTree, post
from support.stand import Asked, Stand, http

from newskeep.collect import git, mirror
from newskeep.types import Received

HOME = ("127.0.0.1",)
needs_time = pytest.mark.skipif(
    "time" not in Received.__dataclass_fields__, reason="Received tells no time yet"
)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "mirror"
    made.mkdir()
    return made


@pytest.fixture
def tree(tmp_path):
    return WorkTree(tmp_path / "tree")


def write(folder: Path, **posts: str) -> None:
    for name, text in posts.items():
        path = folder / "_posts" / f"{name.replace('_', '-')}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def names(found):
    return [one.headers[0][1] for one in found]


def urls(found):
    return [one.url.rpartition("/")[2] for one in found]


# Folders


def test_posts_are_taken_as_an_import_takes_them(collected, folder):
    (folder / "_posts").mkdir()
    (folder / "_posts" / "2021-10-08-a.md").write_text(post(1))
    (one,) = collected("mirror", folder.as_uri())
    assert one == Received(
        kind="resource",
        role="post",
        url="https://example.com/1-story",
        payload=post(1).encode(),
        source="s1",
        headers=(("Newskeep-Name", "_posts/2021-10-08-a.md"),),
        content_type="text/markdown; charset=utf-8",
    )
    assert collected("mirror", folder.as_uri()) == []


def test_posts_come_in_the_order_in_which_they_were_published(collected, folder):
    (folder / "_posts").mkdir()
    for name, date in (
        ("2021-10-09-a", "2021-10-09T01:00:00Z"),
        ("2021-10-08-a", "2021-10-08T20:00:00Z"),
        ("2021-10-08-z", "2021-10-08T08:00:00Z"),
        ("2021-9-30-b", "2021-09-30T08:00:00Z"),
    ):
        (folder / "_posts" / f"{name}.md").write_text(post(1, date=date, body=name))
    assert [name[7:-3] for name in names(collected("mirror", folder.as_uri()))] == [
        "2021-9-30-b",
        "2021-10-08-z",
        "2021-10-08-a",
        "2021-10-09-a",
    ]


@pytest.mark.parametrize(
    ("files", "taken"),
    [
        (
            ["_posts/x.md", "zh/_posts/y.html", "2021-10-08-z.md"],
            ["_posts/x.md", "zh/_posts/y.html"],
        ),
        (
            ["2021-10-08-a.md", "NaN-NaN-NaN-b.md", "about.md"],
            ["NaN-NaN-NaN-b.md", "2021-10-08-a.md"],
        ),
        (["_posts/x.md", "_site/_posts/x.md", ".git/_posts/x.md", "_posts/x.txt"], ["_posts/x.md"]),
    ],
)
def test_only_posts_are_taken(collected, folder, tree, tmp_path, files, taken):
    for number, name in enumerate(files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(post(number))
    assert names(collected("mirror", folder.as_uri())) == taken
    tree.put({name: post(n) for n, name in enumerate(files) if not name.startswith(".git")})
    collected.known.clear()
    bare = tree.bare(tmp_path / "bare.git")
    assert names(collected("mirror", bare.as_uri())) == taken
    collected.known.clear()
    assert sorted(names(collected("mirror", f"{bare.as_uri()}#history"))) == sorted(taken)


def test_a_folder_called_posts_holds_posts_alone(collected, folder):
    write(folder, about=post(1))
    assert names(collected("mirror", (folder / "_posts").as_uri())) == ["about.md"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(collected, folder, monkeypatch):
    monkeypatch.setattr(mirror, "MOST_BYTES", 1 << 20)
    write(folder, a=post(1), b="no front matter", c="x" * ((1 << 20) + 1))
    (folder / "_posts" / "d.md").symlink_to("/etc/passwd")
    (folder / "_posts" / "e.md").symlink_to(folder / "nowhere")
    (folder / "_posts" / "f.md").mkdir()
    assert urls(collected("mirror", folder.as_uri())) == ["1-story"]
    reasons = {Path(one.url).name: one.message.rpartition(": ")[2] for one in collected.problems}
    link = "it is a symbolic link, and links are not followed"
    assert reasons == {
        "b.md": "no front matter between two lines of ---",
        "c.md": "it is larger than 1 MB, too large for a post",
        "d.md": link,
        "e.md": link,
    }


def test_refused_files_and_folders_are_named(collected, folder, monkeypatch):
    write(folder, a=post(1))
    (folder / "locked").mkdir()
    scandir = os.scandir

    def shut(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def refusing(path, most):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", shut)
    monkeypatch.setattr(mirror, "read", refusing)
    assert collected("mirror", folder.as_uri()) == []
    assert [Path(one.url).name for one in collected.problems] == ["locked", "a.md"]


def test_a_place_that_is_none_is_told(collected):
    assert collected("mirror", "file:///no/such") == []
    assert collected.kinds == ["file-missing"]


# Repositories


def test_of_a_bare_repository_the_newest_commit_is_taken(collected, tree, tmp_path):
    tree.put({"_posts/2021-10-08-a.md": post(1), "_posts/2021-10-09-b.md": post(2)})
    tree.put({"_posts/2021-10-08-a.md": post(1, body="Shut."), "_posts/2021-10-09-b.md": None})
    bare = tree.bare(tmp_path / "bare.git")
    (one,) = collected("mirror", bare.as_uri())
    assert one.payload == post(1, body="Shut.").encode()
    assert one.headers == (("Newskeep-Name", "_posts/2021-10-08-a.md"),)
    assert collected.problems == []


def test_a_folder_and_its_repository_give_the_same(collected, tree, tmp_path):
    tree.put({f"_posts/2021-10-0{n}-{n}.md": post(n) for n in range(1, 6)})
    found = collected("mirror", tree.folder.as_uri())
    collected.known.clear()
    assert collected("mirror", tree.bare(tmp_path / "bare.git").as_uri()) == found
    assert len(found) == 5


def test_the_history_gives_every_version_in_the_order_of_time(collected, tree):
    name = "_posts/2021-10-08-a.md"
    for word in ("one", "two", "three"):
        tree.put({name: post(1, body=word)})
    tree.put({name: None})
    tree.put({name: post(1, body="four")})
    found = collected("mirror", f"{tree.folder.as_uri()}#history")
    assert [one.payload for one in found] == [
        post(1, body=word).encode() for word in ("one", "two", "three", "four")
    ]
    assert len(collected("mirror", tree.folder.as_uri())) == 0


@needs_time
def test_a_version_has_the_time_of_its_commit(collected, tree):
    tree.put({"_posts/2021-10-08-a.md": post(1)})
    (one,) = collected("mirror", f"{tree.folder.as_uri()}#history")
    assert one.time == datetime.fromtimestamp(1_600_003_600, UTC)


def test_what_a_merge_brings_in_belongs_to_the_history(collected, tree):
    tree.put({"_posts/2021-10-08-a.md": post(1)})
    tree.git("checkout", "--quiet", "-b", "side")
    tree.put({"_posts/2021-10-08-b.md": post(2)})
    tree.git("checkout", "--quiet", "main")
    tree.put({"_posts/2021-10-08-c.md": post(3)})
    tree.git("merge", "--quiet", "--no-edit", "side")
    found = collected("mirror", f"{tree.folder.as_uri()}#history")
    assert urls(found) == ["1-story", "3-story", "2-story"]


def test_a_repository_whose_head_is_known_is_not_read_again(collected, tree, tmp_path):
    tree.put({"_posts/2021-10-08-a.md": post(1)})
    url = tree.bare(tmp_path / "bare.git").as_uri()
    assert len(collected("mirror", url)) == 1
    collected.known.clear()
    assert collected("mirror", url) == []


def test_a_reading_that_broke_off_is_begun_again(collected, tree, tmp_path):
    tree.put({f"_posts/2021-10-0{n}-{n}.md": post(n) for n in range(1, 4)})
    url = tree.bare(tmp_path / "bare.git").as_uri()
    stream = collected.stream("mirror", url)
    collected.keep(next(stream))
    stream.close()
    assert urls(collected("mirror", url)) == ["2-story", "3-story"]


def test_links_and_modules_of_a_repository_are_left_out(collected, tree, tmp_path):
    (tree.folder / "_posts").mkdir()
    (tree.folder / "_posts" / "2021-10-08-link.md").symlink_to("/etc/passwd")
    tree.put({"_posts/2021-10-08-a.md": post(1)})
    head = tree.git("rev-parse", "HEAD").strip()
    tree.git("update-index", "--add", "--cacheinfo", f"160000,{head},_posts/2021-10-08-module.md")
    tree.git("commit", "--quiet", "--message", "Module")
    url = tree.bare(tmp_path / "bare.git").as_uri()
    assert urls(collected("mirror", url)) == ["1-story"]
    collected.known.clear()
    assert urls(collected("mirror", f"{url}#history")) == ["1-story"]


def test_what_a_repository_cannot_give_is_named_and_the_rest_goes_on(
    collected, tree, tmp_path, monkeypatch
):
    monkeypatch.setattr(mirror, "MOST_BYTES", 1 << 20)
    tree.put(
        {
            "_posts/2021-10-08-a.md": "x" * ((1 << 20) + 1),
            "_posts/2021-10-08-b.md": "no front matter",
            "_posts/2021-10-08-c.md": post(3),
            "_posts/2021-10-08-d.md": post(4),
        }
    )
    bare = tree.bare(tmp_path / "bare.git")
    blob = tree.git("rev-parse", "HEAD:_posts/2021-10-08-c.md").strip()
    (bare / "objects" / blob[:2] / blob[2:]).unlink()
    assert urls(collected("mirror", bare.as_uri())) == ["4-story"]
    head = tree.git("rev-parse", "HEAD").strip()[:12]
    reasons = {one.url: one.message.rpartition(": ")[2] for one in collected.problems}
    assert reasons == {
        f"_posts/2021-10-08-a.md in {head}": "it is larger than 1 MB, too large for a post",
        f"_posts/2021-10-08-b.md in {head}": "no front matter between two lines of ---",
        f"_posts/2021-10-08-c.md in {head}": f"the repository does not hold its content ({blob})",
    }


@pytest.mark.parametrize("fragment", ["", "#history"])
def test_a_repository_without_a_commit_is_told(collected, tmp_path, fragment):
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    assert collected("mirror", bare.as_uri() + fragment) == []
    assert collected.kinds == ["git-failed"]
    assert "no Git repository that has a commit" in collected.problems[0].message


def test_a_folder_has_no_history(collected, folder):
    assert collected("mirror", f"{folder.as_uri()}#history") == []
    assert collected.kinds == ["git-failed"]


def test_a_broken_repository_is_told(collected, tree, tmp_path):
    for number in range(3):
        tree.put({"_posts/2021-10-08-a.md": post(1, body=str(number))})
    bare = tree.bare(tmp_path / "bare.git")
    parent = tree.git("rev-parse", "HEAD~1").strip()
    (bare / "objects" / parent[:2] / parent[2:]).unlink()
    collected("mirror", f"{bare.as_uri()}#history")
    assert collected.kinds == ["git-failed"]


def test_without_git_it_is_told(collected, tree, tmp_path, monkeypatch):
    tree.put({"_posts/2021-10-08-a.md": post(1)})
    bare = tree.bare(tmp_path / "bare.git")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert collected("mirror", bare.as_uri()) == []
    collected_remote = collected("mirror", "http://127.0.0.1:1/x.git", allow_hosts=HOME)
    assert collected_remote == []
    assert "git is not installed" in collected.problems[0].message


def test_a_name_that_is_no_utf_8_is_kept_all_the_same(collected, tree, tmp_path):
    (tree.folder / "_posts").mkdir()
    name = os.fsdecode(b"_posts/2021-10-08-caf\xe9.md")
    (tree.folder / name).write_text(post(1))
    tree.put({})
    assert names(collected("mirror", tree.bare(tmp_path / "bare.git").as_uri())) == [name]


# Hostile repositories


def test_nothing_that_a_repository_s_own_settings_name_is_run(collected, tree, tmp_path):
    """Programs, hooks, filters, signatures, and a place to fetch what is missing from."""
    tree.put({"_posts/2021-10-08-a.md": post(1), ".gitattributes": "* diff=evil filter=evil"})
    tree.put({"_posts/2021-10-08-a.md": post(1, body="two")})
    mark = tmp_path / "ran"
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {mark}\n")
    evil.chmod(0o755)
    bare = tree.bare(tmp_path / "bare.git")
    blob = tree.git("rev-parse", "HEAD:_posts/2021-10-08-a.md").strip()
    for key, value in {
        "core.fsmonitor": evil,
        "core.pager": evil,
        "core.sshCommand": evil,
        "core.gitProxy": evil,
        "core.hooksPath": tmp_path,
        "core.alternateRefsCommand": evil,
        "diff.external": evil,
        "diff.evil.command": evil,
        "diff.evil.textconv": evil,
        "filter.evil.smudge": evil,
        "filter.evil.clean": evil,
        "gpg.program": evil,
        "log.showSignature": "true",
        "credential.helper": evil,
        "core.askPass": evil,
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "evil",
        "remote.evil.url": f"ext::{evil}",
        "remote.evil.promisor": "true",
        "protocol.ext.allow": "always",
    }.items():
        subprocess.run(["git", "--git-dir", bare, "config", key, str(value)], check=True)
    (bare / "objects" / blob[:2] / blob[2:]).unlink()  # tempts git to fetch it
    collected("mirror", f"{bare.as_uri()}#history")
    collected("mirror", bare.as_uri())
    assert not mark.exists()


def test_a_stream_of_rubbish_ends(monkeypatch):
    class Endless:
        def read(self, size):
            return b"x" * size

    with pytest.raises(git.GitFailed, match="no file can have"):
        list(git._tokens(Endless()))


@pytest.mark.parametrize(
    "tokens",
    [
        [b""],
        [b":"],
        [b":100644"],
        [b"\n:000000 100644 0 abc A", b"x.md"],
        [b"99999999999999999999", b"\n:0 100644 0 abc A", b"x.md"],
        [b"-5e", b":0 100644 0 abc A"],
    ],
)
def test_an_odd_listing_is_read_as_far_as_it_goes(tokens):
    assert all(one.time.year >= 1970 for one in git._versions(iter(tokens)))


# Remote repositories


def serving(bare: Path):
    """Any file of a repository (the dumb protocol of plain web servers)."""

    def answer(asked: Asked) -> bytes:
        path = bare / asked.target.split("?")[0].removeprefix("/x.git/")
        return http(200, path.read_bytes()) if path.is_file() else http(404, b"")

    return answer


class Served(Stand):
    """A stand that answers for every file of a repository."""

    def __init__(self, bare: Path) -> None:
        super().__init__()
        script = serving(bare)
        for path in bare.rglob("*"):
            self.scripts[f"/x.git/{path.relative_to(bare).as_posix()}"] = script
        self.scripts["/x.git/info/refs?service=git-upload-pack"] = script


@pytest.fixture
def served(tree, tmp_path):
    for word in ("one", "two"):
        tree.put({"_posts/2021-10-08-a.md": post(1, body=word)})
    with Served(tree.bare(tmp_path / "bare.git")) as running:
        yield running


def test_a_remote_repository_is_fetched_into_the_source_s_own_folder(collected, served):
    url = f"{served.base}/x.git"
    (one,) = collected("mirror", url, allow_hosts=HOME)
    assert one.payload == post(1, body="two").encode()
    assert collected.problems == []
    assert (collected.place / "mirror.git" / "HEAD").is_file()
    assert collected("mirror", url, allow_hosts=HOME) == []
    (first,) = collected("mirror", f"{url}#history", allow_hosts=HOME)
    assert first.payload == post(1, body="one").encode()


def test_a_history_is_fetched_anew_where_only_the_newest_commit_is_there(collected, served, tree):
    kept = collected.place / "mirror.git"
    for words in (
        ["init", "--quiet", "--bare", kept],
        [
            "--git-dir",
            kept,
            "fetch",
            "--quiet",
            "--depth=1",
            tree.folder.as_uri(),
            f"HEAD:{git.KEPT}",
        ],
    ):
        subprocess.run(["git", *words], check=True)
    assert (kept / "shallow").exists()
    assert len(collected("mirror", f"{served.base}/x.git#history", allow_hosts=HOME)) == 2


def test_its_server_is_told_who_asks(collected, served):
    collected("mirror", f"{served.base}/x.git", allow_hosts=HOME, contact="mailto:me@example.org")
    assert {one.field("user-agent") for one in served.log} == {
        "newskeep/0.1.0 (+mailto:me@example.org)"
    }


def test_git_connects_to_the_address_that_was_checked(collected, served):
    """The name stands in no table of the system: only what the guard was told leads there."""

    async def home(host, port):
        return ["127.0.0.1"]

    url = f"http://mirror.example:{served.port}/x.git"
    found = collected("mirror", url, allow_hosts=("mirror.example",), lookup=home)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://127.0.0.1/x.git", "address-refused"),
        ("https://mirror.example/x.git", "address-refused"),
        ("http://public.example/x.git", "not-secure"),
        ("https://user:secret@public.example/x.git", "address-refused"),
    ],
)
def test_other_addresses_are_refused(collected, served, url, kind):
    async def inside(host, port):
        return ["10.0.0.1"]

    assert collected("mirror", url, lookup=inside) == []
    assert collected.kinds == [kind]
    assert served.log == []


def test_a_redirect_is_not_followed(collected, served):
    with Stand() as other:
        other.scripts["/x.git/info/refs?service=git-upload-pack"] = http(
            301, b"", f"Location: {served.base}/x.git/info/refs?service=git-upload-pack"
        )
        assert collected("mirror", f"{other.base}/x.git", allow_hosts=HOME) == []
    assert collected.kinds == ["git-failed"]
    assert served.log == []


def test_what_git_says_is_told_on_one_clean_line(collected):
    with Stand() as empty:
        collected("mirror", f"{empty.base}/gone.git", allow_hosts=HOME)
    (told,) = collected.problems
    assert "not found" in told.message
    assert told.message.isprintable()


def test_a_repository_that_takes_too_long_or_grows_too_large_is_left(
    collected, served, monkeypatch
):
    hold = served.scripts["/x.git/info/refs?service=git-upload-pack"]

    def slow(asked: Asked) -> bytes:
        served.stopped.wait(0.6)
        return hold(asked)

    served.scripts["/x.git/info/refs?service=git-upload-pack"] = slow
    monkeypatch.setattr(git, "_LOOK", 0.05)
    for name, most, kind in (("MOST_SECONDS", 0.1, "too-slow"), ("MOST_FETCHED", 1, "too-large")):
        with monkeypatch.context() as patch:
            patch.setattr(git, name, most)
            assert collected("mirror", f"{served.base}/x.git", allow_hosts=HOME) == []
            assert collected.kinds == [kind]


def test_without_a_folder_nothing_is_fetched(collected, served):
    collected.place = None
    assert collected("mirror", f"{served.base}/x.git", allow_hosts=HOME) == []
    assert "no folder to fetch it into" in collected.problems[0].message
