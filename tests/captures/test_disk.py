"""What a disk may do to a writer, and what a kill leaves behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from support.captures import kept, page, post, several

from newskeep.captures import Captures, Writer
from newskeep.captures.raw import RawFile
from newskeep.errors import CaptureError

pytestmark = pytest.mark.parametrize("compression", ["gzip", "zstd"])


class Disk:
    """A disk that takes so many more bytes, and whose syncs fail when told to."""

    def __init__(self) -> None:
        self.room = 1 << 40
        self.error = errno.ENOSPC
        self.piece = 1 << 40
        self.can_sync = True
        self.can_truncate = True
        self.synced: list[tuple[str, int]] = []

    def create(self, path: Path) -> RawFile:
        disk = self

        class File(RawFile):
            def write(self, data):
                if disk.room <= 0:
                    raise OSError(disk.error, os.strerror(disk.error))
                written = super().write(bytes(data[: min(disk.room, disk.piece)]))
                disk.room -= written
                return written

            def truncate(self, size=None):
                if not disk.can_truncate:
                    raise OSError(errno.EIO, "truncate failed")
                return super().truncate(size)

            def sync(self):
                if not disk.can_sync:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                disk.synced.append((path.name, self.seek(0, 2)))

        return File(path, "x")


@pytest.fixture
def disk():
    return Disk()


def writer_on(disk, folder, compression):
    return Writer(folder, compression=compression, create=disk.create)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EFBIG])
@pytest.mark.parametrize("room", [0, 1, 50, 300])
def test_a_failed_append_leaves_whole_records(tmp_path, compression, disk, error, room):
    captures = Captures(tmp_path)
    disk.error = error
    with writer_on(disk, tmp_path, compression) as writer:
        one = writer.append(page())
        disk.room = room
        with pytest.raises(CaptureError, match=f"cannot be written to: {os.strerror(error)}"):
            writer.append(page("https://example.com/b"))
        assert (tmp_path / one.ref.file).stat().st_size == one.ref.offset + one.ref.length
        writer.sync()
        assert disk.synced == [(one.ref.file, one.ref.offset + one.ref.length)]
        disk.room = 1 << 40
        two = writer.append(page("https://example.com/c"))
    assert two.ref.file != one.ref.file
    assert list(captures.walk()) == [one, two]
    assert [p for name in captures.files() for p in captures.verify(name)] == []


def test_a_full_disk_leaves_no_litter(tmp_path, compression, disk):
    disk.room = 10
    writer = writer_on(disk, tmp_path, compression)
    for _ in range(3):
        with pytest.raises(CaptureError):
            writer.append(page())
    writer.close()
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_short_writes_are_continued(tmp_path, compression, disk):
    disk.piece = 13
    with writer_on(disk, tmp_path, compression) as writer:
        appended = [writer.append(page()), writer.append(post())]
    assert list(Captures(tmp_path).walk()) == appended


def test_what_cannot_be_cut_at_once_is_cut_later(tmp_path, compression, disk):
    captures = Captures(tmp_path)
    with writer_on(disk, tmp_path, compression) as writer:
        one = writer.append(page())
        disk.room, disk.can_truncate = 60, False
        with pytest.raises(CaptureError):
            writer.append(page())
        disk.room = 1 << 40
        two = writer.append(page())
    problem = captures.repair(one.ref.file)
    assert problem
    assert "60 bytes" in problem.message
    assert list(captures.walk()) == [one, two]


def test_a_failed_sync_is_told_and_the_file_left(tmp_path, compression, disk):
    writer = writer_on(disk, tmp_path, compression)
    one = writer.append(page())
    disk.can_sync = False
    with pytest.raises(CaptureError, match="cannot be made durable"):
        writer.sync()
    disk.can_sync = True
    two = writer.append(page())
    writer.close()
    assert two.ref.file != one.ref.file
    assert disk.synced == [(two.ref.file, two.ref.offset + two.ref.length)]


def test_sync_covers_a_file_that_was_rotated(tmp_path, compression, disk):
    with Writer(tmp_path, compression=compression, rotate_bytes=1, create=disk.create) as writer:
        appended = [writer.append(page()) for _ in range(3)]
        assert len(disk.synced) == 2
        writer.sync()
        writer.sync()
    assert disk.synced == [(one.ref.file, one.ref.offset + one.ref.length) for one in appended]


def test_a_new_file_has_its_folder_synced(tmp_path, compression, monkeypatch):
    synced = []
    monkeypatch.setattr("newskeep.captures.writer.sync_folder", synced.append)
    with Captures(tmp_path).writer(compression=compression) as writer:
        writer.append(page())
        assert synced == []
        writer.sync()
        writer.append(page())
        writer.sync()
    assert synced == [tmp_path]


LIMITED = """
    import resource, sys
    from pathlib import Path
    from newskeep.captures import Captures
    from newskeep.errors import CaptureError
    from newskeep.types import Received
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    kept, failed = [], 0
    with Captures(sys.argv[1]).writer(compression=sys.argv[2]) as writer:
        import random
        for n in range(12):
            size = 3_000 if n != 9 else 60_000
            payload = random.Random(n).randbytes(size)
            try:
                kept.append(writer.append(Received(url="https://example.com/%d" % n, role="image",
                                                   status=200, payload=payload)).id)
            except CaptureError as error:
                assert "File too large" in str(error), error
                failed += 1
    print(failed, *kept)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
def test_a_real_limit_on_file_size(tmp_path, compression):
    command = [sys.executable, "-c", textwrap.dedent(LIMITED), str(tmp_path), compression]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    failed, *ids = done.stdout.split()
    captures = Captures(tmp_path)
    assert int(failed) >= 1
    assert [one.id for one in captures.walk()] == ids
    assert [p for name in captures.files() for p in captures.verify(name)] == []


# Torn tails


def test_a_torn_tail_is_cut_wherever_it_was_torn(tmp_path, compression):
    captures = Captures(tmp_path)
    appended = several(tmp_path, compression)
    name = appended[0].ref.file
    path = tmp_path / name
    sound = path.read_bytes()
    ends = [one.ref.offset + one.ref.length for one in appended]
    for size in sorted({*range(1, len(sound), 83), *ends, *(end - 1 for end in ends)}):
        path.write_bytes(sound[:size])
        kept_size = max((end for end in ends if end <= size), default=0)
        problem = captures.repair(name)
        if size == kept_size:
            assert problem is None
            continue
        assert problem
        assert problem.kind == "torn-tail"
        aside = tmp_path / f"{name}.torn-{kept_size}"
        assert aside.read_bytes() == sound[kept_size:size]
        assert aside.name in problem.message
        assert path.exists() == (kept_size > 0)
        assert list(captures.walk()) == [
            one for one, end in zip(appended, ends, strict=False) if end <= size
        ]
        assert captures.files() == ([name] if kept_size else [])
        aside.unlink()


def test_a_tail_of_zeros_or_noise_is_cut(tmp_path, compression):
    captures = Captures(tmp_path)
    appended = several(tmp_path, compression)
    path = tmp_path / appended[0].ref.file
    sound = path.read_bytes()
    for tail in (bytes(5000), b"\x1f\x8b\x08" * 700, sound[:100]):
        path.write_bytes(sound + tail)
        assert captures.repair(path.name)
        assert path.read_bytes() == sound
        assert captures.repair(path.name) is None


def test_a_request_without_its_answer_is_cut(tmp_path, compression):
    captures = Captures(tmp_path)
    one, two = kept(tmp_path, page(), page(), compression=compression)
    path = tmp_path / one.ref.file
    path.write_bytes(path.read_bytes()[: two.ref.offset])
    problem = captures.repair(path.name)
    assert problem
    assert "a request without its answer" in problem.message
    assert path.stat().st_size == one.ref.offset + one.ref.length


def test_damage_before_whole_records_is_not_cut(tmp_path, compression):
    captures = Captures(tmp_path)
    appended = several(tmp_path, compression)
    path = tmp_path / appended[0].ref.file
    data = bytearray(path.read_bytes())
    data[appended[2].ref.offset] ^= 1
    path.write_bytes(data)
    assert captures.repair(path.name) is None
    assert path.read_bytes() == data


def test_a_damaged_last_record_of_full_length_is_not_cut(tmp_path, compression):
    captures = Captures(tmp_path)
    appended = several(tmp_path, compression)
    path = tmp_path / appended[0].ref.file
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert captures.repair(path.name) is None
    assert len(list(captures.verify(path.name))) == 1


def test_a_tail_that_cannot_be_cut_is_told(tmp_path, compression):
    captures = Captures(tmp_path)
    (one,) = kept(tmp_path, page(), compression=compression)
    path = tmp_path / one.ref.file
    path.write_bytes(path.read_bytes() + b"torn")
    (tmp_path / f"{path.name}.torn-{one.ref.offset + one.ref.length}").mkdir()
    with pytest.raises(CaptureError, match="cannot be cut"):
        captures.repair(path.name)


def test_a_file_that_vanished_is_told(tmp_path, compression):
    captures = Captures(tmp_path)
    (one,) = kept(tmp_path, page(), compression=compression)
    (tmp_path / one.ref.file).unlink()
    for act in (captures.repair, lambda name: list(captures.verify(name))):
        with pytest.raises(CaptureError, match="cannot be read"):
            act(one.ref.file)


def test_an_error_while_reading_is_told(tmp_path, compression, monkeypatch):
    captures = Captures(tmp_path)
    (one,) = kept(tmp_path, page(), compression=compression)

    def broken(*_):
        raise OSError(errno.EIO, "Input/output error")
        yield

    monkeypatch.setattr("newskeep.captures.folder.scan", broken)
    with pytest.raises(CaptureError, match="Input/output error"):
        list(captures.walk_file(one.ref.file))


KILLED = """
    import sys
    from newskeep.captures import Captures
    from newskeep.types import Received
    writer = Captures(sys.argv[1]).writer(compression=sys.argv[2], rotate_bytes=30_000)
    n = 0
    while True:
        for _ in range(3):
            n += 1
            one = writer.append(Received(url="https://example.com/%d" % n, role="page", status=200,
                                         payload=b"%d " % n * 2000, request_headers=(("A", "b"),)))
        writer.sync()
        print(one.id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_loses_nothing_that_was_synced(tmp_path, compression):
    import random

    for turn in range(4):
        folder = tmp_path / str(turn)
        folder.mkdir()
        command = [sys.executable, "-c", textwrap.dedent(KILLED), str(folder), compression]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            ids = [
                process.stdout.readline().strip() for _ in range(random.Random(turn).randint(1, 40))
            ]
            process.kill()
            ids += process.stdout.read().split("\n")[:-1]
        captures = Captures(folder)
        for name in captures.files():
            captures.repair(name)
        assert set(ids) <= {one.id for one in captures.walk()}
        assert [p for name in captures.files() for p in captures.verify(name)] == []
