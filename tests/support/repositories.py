"""Git repositories for tests, made by git itself under a clock of their own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_START = 1_600_000_000


def post(number: int, *, body: str = "The bridge is open.", **facts: str) -> str:
    """A mirror's post; `date` and `from` may be given."""
    given = {
        "title": f"The bridge {number}",
        "date": "2021-10-08T08:00:00.000Z",
        "from": f"https://example.com/{number}-story",
        **facts,
    }
    matter = "\n".join(f"{key}: {value}" for key, value in given.items())
    return f"---\n{matter}\n---\n<p>{body}</p>\n"


class WorkTree:
    """A repository with a work tree. Each commit is an hour later than the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commits = 0
        folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str) -> str:
        """Run git in the work tree; what it says."""
        date = f"{_START + 3600 * self.commits} +0000"
        who = {"NAME": "Mirror", "EMAIL": "mirror@example.org", "DATE": date}
        facts = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env={**os.environ, **facts, **quiet},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def put(self, files: dict[str, str | bytes | None]) -> None:
        """Write files, remove those that are None, and commit."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.commits += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Hourly")

    def bare(self, folder: Path) -> Path:
        """A bare copy, fit to be served as plain files."""
        self.git("clone", "--quiet", "--bare", ".", str(folder))
        subprocess.run(["git", "update-server-info"], cwd=folder, check=True)
        return folder
