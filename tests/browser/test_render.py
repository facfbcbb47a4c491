"""A source that asks for the browser has its pages rendered, and all else is as it always was."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import pytest
from support.feeds import page
from support.scripts import HEADLINE, draws, script, shell
from support.serial import leaf, link, prose
from support.stand import Stand, http, to

import newskeep
from newskeep import credentials, derive
from newskeep.cli import main
from newskeep.credentials import Credentials
from newskeep.fetch.browser import chromium
from newskeep.sync import crawl
from newskeep.sync.turns import Turns

DRAWN = (
    "fetch('/api.json').then(a => a.json()).then(a => {" + draws("${a.end}, says ${a.who}.") + "})"
)
PICTURE = "<img src=/p.jpg width=800 height=600 onerror=this.remove()>"
CHINESE = "两年的维修之后，港口大桥星期五重新向卡车开放，工程师更换了四十个支座，并重建了北侧桥墩。"
SEEN = "const seen = `${document.cookie}|${localStorage.length}`;"
LEFT = "document.cookie = 'a=b'; localStorage.c = 'd';"
SCROLLED = """
    const end = document.createElement('div');
    end.style.marginTop = '3000px'; end.textContent = '.'; document.body.append(end);
    new IntersectionObserver((seen) => seen[0].isIntersecting
        && (document.querySelector('article p:last-child').textContent = 'Ferries stop.')
    ).observe(end);
"""


@pytest.fixture(scope="module")
def morning(shared):
    """One sync of many pages; whoever looks at it changes nothing."""
    scripts = shared.stand.scripts
    scripts["/api.json"] = http(
        200, b'{"end": "Ferries stop", "who": "Li"}', "Content-Type: a/json"
    )
    scripts["/app.js"] = script(DRAWN, "Cache-Control: max-age=600")
    scripts["/plain"] = shell(draws("Ferries stop."))
    scripts["/script"] = shell("", body="<script src=/app.js></script>")
    scripts["/again"] = shell("", body="<script src=/app.js></script>")
    scripts["/2026/bridge-old-12"] = to("/2026/bridge-reopens-12")
    scripts["/2026/bridge-reopens-12"] = shell(draws("Redirected."))
    scripts["/picture"] = shell(draws(PICTURE))
    scripts["/p.jpg"] = http(200, b"GIF89a", "Content-Type: image/gif")
    scripts["/cookie-1"] = shell(SEEN + LEFT + draws("Seen ${seen} here."), "Set-Cookie: s=t")
    scripts["/cookie-2"] = shell(SEEN + LEFT + draws("Seen ${seen} here."))
    scripts["/scrolled"] = shell(draws() + SCROLLED)
    html = f"<meta charset=utf-8><div id=root></div><script>{draws(CHINESE)}</script>"
    scripts["/charset"] = http(200, html.encode("gb18030"), "Content-Type: text/html")
    scripts["/broken"] = shell(draws("Ferries stop.") + "no.such.thing()")
    drawn = f"document.documentElement.innerHTML = `{leaf(1, link('?page=2', 'Next', 'next'))}`"
    scripts["/town/bridge-2026"] = shell(drawn)
    links = [one for one in scripts if one not in ("/robots.txt", "/api.json", "/app.js", "/p.jpg")]
    scripts["/town/bridge-2026?page=2"] = http(200, leaf(2).encode(), "Content-Type: text/html")
    shared.follow(*links)
    shared.report = shared.sync()
    return shared


def test_an_article_that_only_a_script_draws_is_kept_with_its_text(morning):
    assert morning.report.problems == []
    story = morning.archive[f"{morning.stand.base}/plain"]
    assert story.article.title == HEADLINE
    assert story.article.text.endswith("Ferries stop.")


def test_what_a_script_fetches_is_drawn_and_kept_before_the_page(morning):
    assert morning.text("/script").endswith("Ferries stop, says Li.")
    roles = [(one.url.rpartition("/")[2], one.role, one.kind) for one in morning.kept()]
    at = roles.index(("script", "page", "resource"))
    assert roles[at - 2 : at + 2] == [
        ("app.js", "asset", "response"),
        ("api.json", "asset", "response"),
        ("script", "page", "resource"),
        ("script", "asset", "response"),
    ]


def test_the_dom_is_kept_with_its_scripts_and_the_answer_as_it_came(morning):
    dom, raw = (one.payload.decode() for one in morning.kept("/script"))
    assert dom.startswith("<!DOCTYPE html><html")
    assert '<script src="/app.js"></script>' in dom
    assert "Ferries stop, says Li." in dom
    assert "Ferries" not in raw


def test_scripts_that_stay_fresh_are_asked_for_and_kept_once_a_run(morning):
    assert morning.text("/again").endswith("Ferries stop, says Li.")
    assert morning.stand.targets().count("/app.js") == len(morning.kept("/app.js")) == 1
    assert morning.stand.targets().count("/api.json") == 2


def test_a_redirect_is_a_hop_and_joins_both_addresses(morning):
    assert morning.text("/2026/bridge-old-12").endswith("Redirected.")
    assert morning.text("/2026/bridge-reopens-12").endswith("Redirected.")
    (hop,) = morning.kept("/2026/bridge-old-12")
    assert (hop.status, hop.role) == (301, "page")


def test_pictures_are_fetched_by_the_crawl_and_not_by_the_page(morning):
    assert morning.stand.targets().count("/p.jpg") == 1
    (found,) = morning.kept("/p.jpg")
    assert found.role == "image"


@pytest.mark.parametrize("path", ["/cookie-1", "/cookie-2"])
def test_every_page_begins_without_cookies_and_storage(morning, path):
    assert morning.text(path).endswith("Seen |0 here.")
    assert {one.field("cookie") for one in morning.stand.log} == {None}


def test_further_pages_that_a_rendered_one_leads_to_are_fetched_as_they_are(morning):
    assert morning.text("/town/bridge-2026").split("\n") == [*prose(1), *prose(2)]
    (part,) = morning.kept("?page=2")
    assert (part.role, part.kind) == ("part", "response")


def test_text_that_comes_with_scrolling_is_waited_for(morning):
    assert morning.text("/scrolled").endswith("Ferries stop.")


def test_a_charset_that_is_told_wrongly_is_read_as_newskeep_reads_it(morning):
    assert morning.text("/charset").endswith(CHINESE)


def test_scripts_that_fail_leave_the_text_that_is_there(morning):
    assert morning.text("/broken").endswith("Ferries stop.")


def test_answers_as_they_came_and_scripts_say_nothing_of_their_own(morning):
    assets = morning.kept(role="asset")
    assert len(assets) > 10
    assert {morning.archive.deriver.derive(one) for one in assets} == {derive.Derived()}


def test_rebuild_gives_the_same_archive(morning):
    before = morning.archive.digest()
    assert morning.archive.rebuild() == before


def test_without_the_browser_the_same_page_says_nothing(desk):
    desk.stand.scripts["/a"] = shell(draws("Ferries stop."))
    desk.follow("/a", fetch="")
    desk.sync()
    assert "Ferries" not in desk.text("/a")


def test_a_listing_is_rendered_too(desk):
    links = "".join(
        f"<li><a href=/news/2026/bridge-reopens-part-{n}>Bridge reopens to lorries part {n}</a></li>"
        for n in range(8)
    )
    desk.stand.scripts["/list"] = shell(
        f"document.getElementById('root').innerHTML = `<ul>{links}</ul>`"
    )
    desk.archive.follow(
        f"{desk.stand.base}/list", kind="listing", fetch="browser", allow_hosts=["127.0.0.1"]
    )
    desk.sync()
    assert len({one for one in desk.stand.targets() if one.startswith("/news/")}) == 8


@pytest.mark.parametrize("status", [404, 410, 503])
def test_an_answer_that_is_no_page_is_not_rendered_and_means_what_it_did(desk, status):
    html = shell(f"fetch('/seen'); {draws()}").split(b"\r\n\r\n", 1)[1]
    desk.stand.scripts["/a"] = http(status, html, "Content-Type: text/html")
    desk.follow("/a")
    desk.sync()
    assert "/seen" not in desk.stand.targets()
    (found,) = desk.kept("/a")
    assert (found.role, found.kind, found.status) == ("page", "response", status)


def test_a_304_ends_it_without_rendering(desk, monkeypatch):
    def answer(asked):
        if asked.field("if-none-match") == '"1"':
            return http(304)
        return shell(draws() + "fetch('/seen')", 'ETag: "1"')

    desk.stand.scripts["/a"] = answer
    desk.follow("/a")
    desk.sync()
    before = len(desk.kept("/a"))
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "4000")
    assert desk.sync().revised == 0
    assert desk.stand.targets().count("/a") == 2
    assert desk.stand.targets().count("/seen") == 1
    assert len(desk.kept("/a")) == before == 2


def test_two_renderings_that_read_the_same_are_one_revision(desk, monkeypatch):
    noise = "<div class='ad-slot' data-n='${Math.random()}'></div><i hidden>${Date.now()}</i>"
    desk.stand.scripts["/a"] = shell(draws("Ferries stop.", more=noise))
    desk.follow("/a")
    desk.sync()
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "4000")
    desk.sync()
    assert len({one.payload for one in desk.kept("/a", "page")}) == 2
    assert len(desk.archive[f"{desk.stand.base}/a"].revisions) == 1
    desk.stand.scripts["/a"] = shell(draws("Ferries go on.", more=noise))
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "8000")
    assert desk.sync().revised == 1


def test_a_recipes_body_is_waited_for(desk):
    early = draws().replace("<article>", "<article class=teaser>")
    late = draws("Ferries stop.").replace("<article>", "<article class=story>")
    desk.stand.scripts["/a"] = shell(f"{early}; setTimeout(() => {{ {late} }}, 700)")
    desk.archive.layout.recipes.mkdir()
    (desk.archive.layout.recipes / "harbour.toml").write_text(
        f'title = "Harbour"\n[article]\naddresses = ["127.0.0.1:{desk.stand.port}/*"]\n'
        'body = ["article.story"]\n'
    )
    desk.follow("/a")
    desk.sync()
    assert desk.text("/a").endswith("Ferries stop.")


SECRET = "s3cr3t-value"


def test_credentials_go_to_the_sources_origin_alone_for_its_own_pages_alone_and_into_no_capture(
    desk,
):
    with Stand({"/robots.txt": http(404)}) as other:
        ask = f"fetch('/own.json').then(() => fetch('{other.base}/far.json'))"
        desk.stand.scripts["/a"] = shell(f"{ask}.then(() => {{ {draws()} }})")
        desk.stand.scripts["/go"] = to(f"{other.base}/a")
        desk.stand.scripts["/own.json"] = other.scripts["/far.json"] = http(200, b"{}")
        back = f"fetch('{desk.stand.base}/account').finally(() => {{ {draws()} }})"
        other.scripts["/a"] = shell(back)
        source = desk.follow("/a", "/go", allow_hosts=["127.0.0.1"])
        given = Credentials(origin=desk.stand.base, headers=(("X-Key", SECRET),))
        credentials.put(desk.archive.layout.root, source.id, given)
        desk.sync()
        sent = {one.target: one.field("x-key") for one in desk.stand.log}
        assert {name: sent[name] for name in ("/a", "/own.json", "/go", "/account")} == {
            "/a": SECRET,
            "/own.json": SECRET,
            "/go": SECRET,
            "/account": None,
        }
        assert "/far.json" in other.targets()
        assert {one.field("x-key") for one in other.log} == {None}
    assert all(SECRET not in repr(one) for one in desk.kept())


def test_every_request_of_a_page_takes_its_turn_at_the_pace_of_the_archive(desk, monkeypatch):
    taken = []
    take = Turns.take

    def noted(self, url, delay):
        taken.append((url, delay))
        return take(self, url, delay)

    monkeypatch.setattr(Turns, "take", noted)
    monkeypatch.setattr(crawl, "PATIENCE", 5.0)
    monkeypatch.setattr(desk.archive, "settings", replace(desk.archive.settings, delay=0.05))
    with Stand() as other:
        far = f"<script src={other.base}/far.js></script>"
        desk.stand.scripts["/a"] = shell(draws(), body=f"<script src=/own.js></script>{far}")
        desk.stand.scripts["/own.js"] = other.scripts["/far.js"] = script("1")
        desk.follow("/a", allow_hosts=["127.0.0.1"])
        desk.sync()
        asked = {(f"{desk.stand.base}/own.js", 0.05), (f"{other.base}/far.js", 0.05)}
    assert asked <= set(taken)


def test_the_browser_is_started_only_where_a_page_is_to_be_rendered(desk, monkeypatch):
    async def never(self):
        raise AssertionError("started")

    monkeypatch.setattr(chromium.Chromium, "context", never)
    desk.stand.scripts["/a"] = page("Bridge")
    desk.follow("/b")
    desk.stand.scripts["/other"] = desk.stand.scripts["/feed"].replace(b"/b", b"/a")
    desk.archive.follow(f"{desk.stand.base}/other", allow_hosts=["127.0.0.1"])
    desk.sync()
    assert {"/a", "/b"} <= set(desk.stand.targets())


def test_a_browser_that_is_missing_is_told_with_what_to_do_and_mended_later(
    desk, monkeypatch, tmp_path
):
    monkeypatch.setenv("NEWSKEEP_BROWSER", str(tmp_path / "nothing"))
    desk.stand.scripts["/a"] = desk.stand.scripts["/b"] = shell(draws("Ferries stop."))
    desk.follow("/a", "/b")
    report = desk.sync()
    assert {one.kind for one in report.problems} == {"browser-missing"}
    assert "NEWSKEEP_BROWSER" in report.problems[0].message
    assert len([one for one in desk.stand.targets() if re.fullmatch("/[ab]", one)]) == 1
    monkeypatch.delenv("NEWSKEEP_BROWSER")
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "90000")
    assert desk.sync().problems == []
    assert desk.text("/a").endswith("Ferries stop.")


def test_a_missing_playwright_is_told_with_what_to_do(desk, monkeypatch):
    monkeypatch.setitem(sys.modules, "newskeep.fetch.browser.page", None)
    desk.stand.scripts["/a"] = shell(draws())
    desk.follow("/a")
    (problem,) = desk.sync().problems
    assert problem.kind == "browser-missing"
    assert "pip install 'newskeep[browser]'" in problem.message


def test_follow_takes_the_option(tmp_path):
    folder = tmp_path / "news"
    newskeep.init(folder).close()
    command = ["follow", "https://example.com/feed.xml", "--kind", "feed", "--browser"]
    assert main(["--archive", str(folder), *command]) == 0
    with newskeep.open(folder) as archive:
        (source,) = archive.sources().values()
    assert source.fetch == "browser"
