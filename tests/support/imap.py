"""A small IMAP server on the loopback, with what a client of newsletters needs of RFC 3501."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Mail:
    """A message in a mailbox. `seen` is whether somebody marked it as read."""

    uid: int
    data: bytes
    seen: bool = False
    gone: bool = False


@dataclass
class Post:
    """The server's world: its mailboxes and who may read them."""

    boxes: dict[str, list[Mail]] = field(default_factory=lambda: {"INBOX": []})
    user: str = "me"
    password: str = "pass word"
    validity: int = 7
    capabilities: str = "IMAP4rev1"
    overrides: dict[str, bytes] = field(default_factory=dict)
    """What is said in place of the answer to a command that begins so; {tag} is filled in."""

    log: list[str] = field(default_factory=list)
    """The commands, without their tags."""

    def put(self, *messages: bytes, box: str = "INBOX") -> None:
        """Deliver messages."""
        mails = self.boxes.setdefault(box, [])
        for one in messages:
            mails.append(Mail(uid=(mails[-1].uid if mails else 10) + 2, data=one))


class ImapServer:
    """Serves a Post. A context manager."""

    def __init__(self, post: Post, context: ssl.SSLContext | None = None) -> None:
        self.post = post
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.stopped = threading.Event()

    def __enter__(self) -> ImapServer:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                _Session(self.post, connection, self.stopped).run()


class _Session:
    def __init__(self, post: Post, connection: socket.socket, stopped: threading.Event) -> None:
        self._post = post
        self._connection = connection
        self._lines = connection.makefile("rb")
        self._box: list[Mail] = []
        self._stopped = stopped

    def run(self) -> None:
        self._say(
            self._post.overrides.get("", f"* OK [CAPABILITY {self._post.capabilities}] hi".encode())
        )
        while line := self._lines.readline():
            tag, _, command = line.decode().rstrip("\r\n").partition(" ")
            self._post.log.append(command)
            override = next(
                (v for k, v in self._post.overrides.items() if k and command.startswith(k)), None
            )
            if override == b"wait":
                self._stopped.wait(10)
                return
            if override is not None:
                self._say(override.replace(b"{tag}", tag.encode()))
                continue
            if self._answer(tag, command):
                return

    def _answer(self, tag: str, command: str) -> bool:
        words = command.split(" ", 1)
        name, rest = words[0].upper(), words[1] if len(words) > 1 else ""
        if name == "UID":
            name, _, rest = rest.partition(" ")
            self._fetch(tag, rest, by_uid=True)
        elif name == "FETCH":
            self._fetch(tag, rest, by_uid=False)
        elif name == "LOGIN":
            good = rest == f'{self._post.user} "{self._post.password}"'
            self._say(
                f"{tag} {'OK' if good else 'NO'} login {'done' if good else 'refused'}".encode()
            )
        elif name == "AUTHENTICATE":
            self._say(b"+ ")
            told = base64.b64decode(self._lines.readline()).decode().split("\0")[1:]
            good = told == [self._post.user, self._post.password]
            self._say(
                f"{tag} {'OK' if good else 'NO'} login {'done' if good else 'refused'}".encode()
            )
        elif name == "EXAMINE":
            self._examine(tag, rest.strip('"'))
        elif name == "CAPABILITY":
            self._say(f"* CAPABILITY {self._post.capabilities}\r\n{tag} OK done".encode())
        elif name == "LOGOUT":
            self._say(f"* BYE\r\n{tag} OK done".encode())
            return True
        else:
            self._say(f"{tag} BAD {name} is not known".encode())
        return False

    def _examine(self, tag: str, name: str) -> None:
        if name not in self._post.boxes:
            self._say(f"{tag} NO no such mailbox".encode())
            return
        self._box = self._post.boxes[name]
        self._say(
            f"* {len(self._box)} EXISTS\r\n* OK [UIDVALIDITY {self._post.validity}] valid\r\n"
            f"{tag} OK [READ-ONLY] done".encode()
        )

    def _fetch(self, tag: str, rest: str, *, by_uid: bool) -> None:
        numbers, _, what = rest.partition(" ")
        first, _, last = numbers.partition(":")
        wanted = range(int(first), int(last or first) + 1)
        for number, mail in enumerate(self._box, start=1):
            if (mail.uid if by_uid else number) in wanted:
                self._one(number, mail, what)
        self._say(f"{tag} OK done".encode())

    def _one(self, number: int, mail: Mail, what: str) -> None:
        parts = [f"UID {mail.uid}".encode()]
        if "RFC822.SIZE" in what:
            parts.append(f"RFC822.SIZE {len(mail.data)}".encode())
        found = re.search(r"BODY(\.PEEK)?\[([^\]]*)\]", what)
        if found and not mail.gone:
            mail.seen = mail.seen or not found[1]
            data = _fields(mail.data, found[2])
            parts.append(f"BODY[{found[2]}] {{{len(data)}}}\r\n".encode() + data)
        self._say(f"* {number} FETCH (".encode() + b" ".join(parts) + b")")

    def _say(self, line: bytes) -> None:
        self._connection.sendall(line + b"\r\n")


def _fields(data: bytes, section: str) -> bytes:
    if not section:
        return data
    wanted = section.partition("(")[2].rstrip(")").lower().split()
    head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    fields = re.findall(rb"(?m)^[\w-]+:.*(?:\r?\n[ \t].*)*", head)
    kept = [one for one in fields if one.partition(b":")[0].decode().lower() in wanted]
    return b"\r\n".join(kept) + b"\r\n\r\n"
