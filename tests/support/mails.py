"""Messages for tests: newsletters as senders write them."""

from __future__ import annotations

from email.message import EmailMessage

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


def letter(number: int = 1, *, body: str = "", html: str = "", **fields: str) -> bytes:
    """A newsletter's message: say only what matters. `list_id=""` leaves that field out."""
    message = EmailMessage()
    given = {
        "from": "Harbour Weekly <letters@harbour.example>",
        "to": "reader@example.org",
        "subject": f"The bridge {number}",
        "date": "Sun, 01 Nov 2026 08:00:00 +0800",
        "message_id": f"<{number}@harbour.example>",
        "list_id": "Harbour Weekly <weekly.harbour.example>",
        **fields,
    }
    if body or not html:
        message.set_content(body or f"The bridge is open, says letter {number}.")
    if html and body:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for name, value in given.items():
        if value:
            message[name.replace("_", "-").title()] = value
    return message.as_bytes()


def with_picture(number: int = 1) -> bytes:
    """A newsletter that brings a picture along."""
    message = EmailMessage()
    message["From"] = "Harbour Weekly <letters@harbour.example>"
    message["Subject"] = "With a picture"
    message["Date"] = "Sun, 01 Nov 2026 08:00:00 +0800"
    message["Message-ID"] = f"<picture-{number}@harbour.example>"
    message["List-Id"] = "<weekly.harbour.example>"
    message.set_content('<p>Look: <img src="cid:Bridge@x" alt="The bridge"></p>', subtype="html")
    message.add_related(PNG, "image", "png", cid="<Bridge@x>")
    return message.as_bytes()


def raw(*lines: str | bytes) -> bytes:
    """A message of exactly these lines."""
    return b"\r\n".join(one.encode() if isinstance(one, str) else one for one in lines)
