"""Jekyll itself builds every post, and the page shows our title and our text."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess

import pytest
import yaml
from support.library import Library, story

from newskeep import text
from newskeep.publish import frontmatter, jekyll

PARTS = [
    "{{ site.title }}", "{% raw %}", "{%", "}}", "{{", "{:toc}", "---", "***", "# heading", "> quote",
    "* item", "1. item", "`code`", "[link](x)", "![pic](y)", "<script>", "&amp;", "&#38;", '"', "'",
    "\\", "\\n", ":", "- ", "?", "!", "|", "~", "yes", "null", "1e3", "0x1F", "2021-01-01", "=", "<<",
    "\u0085", "\u2028", "\ufeff", "\u202e", "\x00", "\x1b[31m", "\t", "北京", "臺灣", "日本語", "한국어",
    "العربية", "🗞️", "e\u0301", "ﬁ", "CON", "nul", "..", "../x", "C:\\x", "a/b", "%00", "$$x$$", "@x",
]  # fmt: skip


def titles():
    """Some 300: each part alone, at either end of a word, and joined with others."""
    for number, part in enumerate(PARTS):
        other = PARTS[(number * 7 + 3) % len(PARTS)]
        yield from (part, f"{part} news", f"news {part}", f"{part}{other}", f"a{part}b: {other} c")


def seen(value: str) -> str:
    """Text as a reader sees it, without what no page can show."""
    shown = re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]", "", text.strip_control(value))
    return re.sub(r"\s+", "", shown)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Every nasty title as a post, built by Jekyll."""
    if shutil.which("jekyll") is None:
        pytest.skip("Jekyll is not installed (Debian's package jekyll)")
    folder = tmp_path_factory.mktemp("mirror")
    stories = [
        story(number, {"title": title, "html": body(title), "text": title})
        for number, title in enumerate(titles())
    ]
    jekyll.publish(Library(*stories), folder)
    done = subprocess.run(
        ["jekyll", "build", "--quiet", "--source", folder, "--destination", folder / "_site"],
        capture_output=True,
        text=True,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    return folder, stories, done


def body(title: str) -> str:
    return f"<p>{html.escape(title, quote=False)}</p><pre>  {html.escape(title)}</pre><p>*end* _of_ it</p>"


@pytest.mark.slow
def test_jekyll_builds_every_post(built):
    folder, stories, done = built
    assert done.returncode == 0, done.stderr[-2000:]
    pages = list((folder / "_site").glob("????-??-??/*/index.html"))
    assert len(pages) == len(stories) == len(list((folder / "_posts").iterdir()))


@pytest.mark.slow
def test_the_pages_show_our_titles_and_texts(built):
    folder, stories, _ = built
    names = jekyll.file_names(iter(stories))
    for one in stories:
        name = names[one.id].removesuffix(".md")
        page = (folder / "_site" / name[:10] / name[11:] / "index.html").read_text(encoding="utf-8")
        shown = seen(html.unescape(re.sub(r"<[^>]*>", "", page.split("<article>")[1])))
        assert shown.count(seen(one.article.title)) >= 2, one.article.title
        assert "*end*_of_it" in shown, one.article.title


@pytest.mark.parametrize("value", [*PARTS, *(f"x {part}" for part in PARTS), "", " ", "a" * 5000])
def test_any_yaml_parser_reads_the_values_back(value):
    kept = value.replace("\x00", "\x00")
    for loader in (yaml.SafeLoader, yaml.BaseLoader):
        document = f"a: {frontmatter.scalar(kept)}\nb: {frontmatter.flow([kept, 'x'])}\n"
        assert yaml.load(document, Loader=loader) == {"a": kept, "b": [kept, "x"]}
