"""A small paper with every state that a story can be in, for the site's tests."""

from __future__ import annotations

import io
from datetime import timedelta

from support.library import Library, story
from support.values import START

from newskeep.types import Image, Problem

PICTURE = "https://harbour.example/pictures/bridge.jpg"
UNKEPT = "https://harbour.example/pictures/lost.jpg"
EVIL = (
    "<p onclick=alert(1)>Hello</p><script>alert(2)</script><svg onload=alert(3)></svg>"
    '<a href="javascript:alert(4)">x</a><iframe srcdoc="<script>alert(5)</script>"></iframe>'
    '<img src="x" onerror="alert(6)"><form action="/steal"><input></form><style>*{}</style>'
)


def jpeg() -> bytes:
    """A small real picture."""
    from PIL import Image as Pillow

    file = io.BytesIO()
    Pillow.new("RGB", (300, 200), "steelblue").save(file, "JPEG")
    return file.getvalue()


def stories():
    """One of each kind; the numbers are the hours at which they were published."""
    bridge = {"title": "Bridge opens", "lang": "en", "tags": ("bridge",), "authors": ("Ada Li",)}
    pictured = Image(url=PICTURE, caption="The pier.", lead=True)
    first = {
        **bridge,
        "html": f'<p>Forty bearings.</p><img src="{PICTURE}">',
        "images": (pictured,),
    }
    second = {**first, "title": "Bridge opens, toll disputed", "text": "Forty-four bearings."}
    gone_since = START + timedelta(days=2)
    return [
        story(1, first, second),
        story(2, {"title": "Ferry ends"}, state="gone", missing_since=gone_since),
        story(
            3,
            {
                "title": "大桥重新开放",
                "lang": "zh-Hans",
                "html": "<p>大桥。</p>",
                "tags": ("大桥",),
            },
        ),
        story(4, {"title": "الجسر مفتوح", "lang": "ar", "html": "<p>الجسر</p>"}),
        story(5, {"title": "Walled", "access": "metered", "html": f'<p>x</p><img src="{UNKEPT}">'}),
        story(
            6, {"title": "<script>alert(0)</script>", "html": EVIL, "tags": ("a/b", "..", "A/B")}
        ),
        story(7, {"title": "Undated", "published": None, "problems": (odd_date(),)}),
        story(8, {"title": "", "text": "", "html": ""}),
        *(
            story(number, {"title": f"Notice {number}", "tags": ("notices",)})
            for number in range(10, 130)
        ),
    ]


def odd_date() -> Problem:
    """A problem that the reader is told of."""
    return Problem(url="", stage="extract", kind="no-date", message="It gives no date.")


def library(*more, **settings) -> Library:
    """The paper, with further stories."""
    return Library(*stories(), *more, pictures={PICTURE: jpeg()}, **settings)
