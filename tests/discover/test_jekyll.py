"""Posts: the mirrors' three shapes, ours, other people's, and damaged ones."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.shared import SHARED, needs_shared

from newskeep import dates
from newskeep.discover import jekyll

RECEIVED = datetime(2026, 11, 1, tzinfo=UTC)
NAME = "2021-10-8-桥又开了.md"
URL = "https://harbour.example/bridge"


def post(matter: str, body: str = "<p>Text</p>", name: str = NAME) -> jekyll.Post:
    document = f"---\n{matter}\n---\n{body}"
    return jekyll.parse(document.encode(), name=name, received=RECEIVED)


def mirror(date: str, body: str) -> jekyll.Post:
    return post(
        f'layout: post\ntitle: "桥又开了"\ndate: {date}\nauthor: 港口报\nfrom: {URL}\n'
        "tags: [ 港口报 ]\ncategories: [ 港口报 ]",
        body,
    )


def shown(found: jekyll.Post) -> str:
    return dates.show(found.published) if found.published else ""


# The mirrors' shapes


def test_a_post_with_its_epoch_comment() -> None:
    linked = f"<!--1633705680000-->\n[桥又开了]({URL})\n------\n\n<div>\n<p>Text</p>\n</div>"
    found = mirror("2021-10-08T15:08:00.000Z", linked)
    assert found == jekyll.Post(
        name=NAME,
        url=URL,
        title="桥又开了",
        published=found.published,
        authors=("港口报",),
        tags=("港口报",),
        site="港口报",
        permalink="/2021-10-08/桥又开了/",
        body="\n<div>\n<p>Text</p>\n</div>",
    )
    assert shown(found) == "2021-10-08 15:08 UTC"


@pytest.mark.parametrize("comment", ["<!--NaN-->", "<!-- NaN -->"])
def test_a_post_whose_date_was_not_a_number_is_dated_by_its_name_and_says_so(comment) -> None:
    found = mirror("NaN", f"{comment}\n[桥又开了]({URL})\n---\n\n<p>Text</p>")
    assert shown(found) == "2021-10-08"
    (problem,) = found.problems
    assert (problem.kind, problem.url, problem.stage) == ("date-missing", URL, "import")
    assert problem.message == f"{NAME}: its date is NaN; taken from its file name"
    assert found.body == "\n<p>Text</p>"


def test_a_post_without_comment_and_with_a_bare_article() -> None:
    found = mirror("2021-10-08", "<article><p>Text</p></article>")
    assert (shown(found), found.problems) == ("2021-10-08", ())
    assert found.body == "<article><p>Text</p></article>"


def test_a_missing_date_comes_from_the_comment() -> None:
    found = mirror("Invalid Date", "<!--1633705680000-->\n<p>Text</p>")
    assert shown(found) == "2021-10-08 15:08 UTC"
    assert found.problems[0].message == f"{NAME}: its date is Invalid Date; taken from its comment"


def test_a_date_that_cannot_be_true_is_told_and_the_next_one_taken() -> None:
    found = mirror("2031-01-01T00:00:00.000Z", "<!--4000000000000-->\n<p>Text</p>")
    assert shown(found) == "2021-10-08"
    assert [problem.kind for problem in found.problems] == [
        "date-future",
        "date-future",
        "date-missing",
    ]


def test_no_date_at_all_is_told() -> None:
    found = post("title: x", name="notes.md")
    assert (found.published, found.permalink) == (None, "")
    assert found.problems[0].message == "notes.md: no date is to be found"


def test_a_date_that_was_only_ours_is_not_the_publishers() -> None:
    found = post("title: x\ndate: 2021-10-08\ndate_from: received")
    assert (found.published, found.problems) == (None, ())


def test_without_the_time_of_receipt_no_date_is_in_the_future() -> None:
    found = jekyll.parse(b"---\ndate: 2031-01-01\n---\n", name=NAME)
    assert shown(found) == "2031-01-01"


def test_a_linked_title_is_cut_only_where_the_mirror_wrote_it() -> None:
    body = "<p>Text</p>\n[a link](https://other.example)\n-----\n<p>More</p>"
    assert post("title: x", body).body == body


def test_a_picture_that_was_kept_locally_has_its_own_address_again() -> None:
    body = (
        '<img alt="A" src="/pictures/1.jpg" width="9" data-original="https://a.example/1.jpg?a&amp;b">'
        '<img data-original="https://a.example/2.jpg" src="/pictures/2.jpg"><img src="/3.jpg">'
    )
    assert post("title: x", body).body == (
        '<img alt="A" src="https://a.example/1.jpg?a&amp;b" width="9">'
        '<img src="https://a.example/2.jpg"><img src="/3.jpg">'
    )


# Front matter


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('title: "A: b"', "A: b"),
        ('title: "He said "no" to it"', 'He said "no" to it'),
        ('title: "A" and "B"', 'A" and "B'),
        ('title: "A": "B"', 'A": "B'),
        ("title: A: b # c", "A: b # c"),
        ("title: 'It''s'", "It's"),
        ("title: It's: so", "It's: so"),
        ('title: "tab\\tand \\u6865"', "tab and 桥"),
        ("title: AT&amp;T &#38; R&D", "AT&T & R&D"),
        ("title: *starred", "*starred"),
        ("title: 2021", "2021"),
        ("title: yes", "yes"),
        ("title: [a", "[a"),
        ("title: >-\n  folded\n  lines", "folded lines"),
        ("title:", ""),
        ("title: {a: b}", ""),
        ("title: a\u202eb", "ab"),
    ],
)
def test_nasty_titles_are_read(line, title) -> None:
    assert post(line).title == title


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        ("tags: [ a, b ]", ("a", "b")),
        ("tags: [ 'a b', \"c\", a, a ]", ("a b", "c", "a")),
        ("title: Tom & Jerry\ntags:\n- a\n- b", ("a", "b")),
        ("tags: a b", ("a", "b")),
        ("tags: a b, c", ("a b", "c")),
        ("title: \"x\" y\ntags: [ a, 'b' ]", ("a", "b")),
        ("tags: &x [ a ]\ncategories: *x", ("a",)),
        ("tags: [[[a]]]", ()),
        ("tags: {a: b}", ()),
        ("title: x", ()),
    ],
)
def test_tags_are_read_in_every_form_that_jekyll_reads(lines, tags) -> None:
    assert post(lines).tags == tags


def test_authors_and_site_may_be_several_or_one() -> None:
    assert post("authors: [ Ada, Bo ]\nauthor: Cy").authors == ("Ada", "Bo")
    assert post("author: R&amp;D").authors == ("R&D",)
    assert post("category: port").site == "port"


def test_aliases_in_the_front_matter_do_not_blow_up() -> None:
    laughs = "\n".join(
        f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9) if n else 'x'}]" for n in range(30)
    )
    assert post(f"{laughs}\ntags: *k29\ntitle: calm").title == "calm"


def test_an_address_that_is_none_gives_way_to_a_name_that_stays() -> None:
    one = post("title: x\nfrom: javascript:alert(1)")
    assert one.url.startswith("urn:newskeep:post:")
    assert one.url == post("title: y").url
    assert one.url != post("title: x", name="2021-10-9-other.md").url
    assert post(f"original_url: {URL}").url == URL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "line 1: no front matter"),
        (b"# A title\n", "line 1: no front matter"),
        (b"---\ntitle: x\n", "line 1: no front matter"),
        (b"---\nx: " + b"y" * 70_000 + b"\n---\n", "line 1: no front matter"),
        (b"---\ntitle: \xb9\xfa\n---\n", r"it is not UTF-8 \(byte 11\)"),
    ],
)
def test_what_is_no_post_is_refused_with_the_reason(data, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        jekyll.parse(data, name=NAME, received=RECEIVED)


@pytest.mark.parametrize("head", ["\ufeff---\n", "---\r\n", "---  \n"])
@pytest.mark.parametrize("end", ["---\n", "...\n", "--- \r\n", "---"])
def test_byte_order_marks_and_line_ends_do_not_matter(head, end) -> None:
    document = f"{head}title: x\n{end}"
    assert jekyll.parse(document.encode(), name=NAME, received=RECEIVED).title == "x"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("2021-1-2-A title.md", "/2021-01-02/A-title/"),
        ("_posts/zh/2021-01-02-桥.markdown", "/2021-01-02/桥/"),
        ("2021-01-02-a.b.HTML", "/2021-01-02/a.b/"),
        ("about.md", ""),
        ("2021-01-02.md", ""),
        ("2021-01-02-a.txt", ""),
    ],
)
def test_a_permalink_is_made_as_jekyll_makes_it(name, path) -> None:
    assert jekyll.permalink(name) == path


def test_a_permalink_of_its_own_goes_first() -> None:
    assert post("permalink: /own/path/").permalink == "/own/path/"


# Whatever comes

LINES = [
    *(
        "title: ",
        "date: ",
        "tags: [",
        "]",
        "- a",
        "  b: c",
        '"',
        "'",
        "&a ",
        "*a",
        "{{",
        "{%",
        "!!x",
    ),
    *(
        "---",
        "...",
        "\t",
        "? ",
        ": ",
        "<!--NaN-->",
        "<!--99999999999999999-->",
        "| ",
        "> ",
        "%YAML",
    ),
    *(
        "[a](b)",
        "------",
        '<img src="" data-original=""',
        "\x00",
        "\u2028",
        "\ud83d\ude00",
        '"\\U9"',
    ),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.just("\n"), max_size=25), st.text(max_size=20))
def test_whatever_comes_it_is_a_post_or_a_reason(pieces, name) -> None:
    data = ("---\n" + "".join(pieces)).encode("utf-8", "surrogatepass")
    with suppress(ValueError):
        repr(jekyll.parse(data, name=name, received=RECEIVED)).encode()


@pytest.mark.parametrize("unit", ['<img src=""', "](", "[", "\n", "<!--", ' src=""'])
def test_no_repetition_costs_more_than_a_pass(unit) -> None:
    """A pattern that goes back would take hours here."""
    assert post("title: x", "[" + unit * 100_000).title == "x"
    assert post("title: x", "<img" + unit * 100_000).title == "x"


@needs_shared
def test_every_post_of_the_mirrors_is_read() -> None:
    paths = sorted((SHARED / "posts").iterdir())
    found = [jekyll.parse(path.read_bytes(), name=path.name, received=RECEIVED) for path in paths]
    assert [one.name for one in found if not one.title or one.url.startswith("urn:")] == []
    assert [one.name for one in found if not one.published or not one.permalink] == []
    assert [one.name for one in found if one.body.lstrip().startswith(("<!--", "["))] == []
