"""A page's scripts reach nothing but what the client fetches for them, and stop no sync."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from support.scripts import draws, says, script, shell
from support.stand import Stand, http

from newskeep.fetch.browser import chromium

PRIVATE = (
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/",
    "http://[::1]:9/",
)

PROBES = {
    "other": "fetch('{other}/x').then(a => a.text())",
    "file": "fetch('file:///etc/hostname').then(a => a.text())",
    "post": "fetch('/post', {method: 'POST', body: 'x'})",
    "put": "fetch('/put', {method: 'PUT'})",
    "head": "fetch('/head', {method: 'HEAD'}).then(async a => a.status + (await a.text()))",
    "beacon": "(navigator.sendBeacon('/beacon', 'x'), 'sent')",
    "robots": "fetch('/closed/x')",
    "long": "fetch('/x?' + 'a'.repeat(9000))",
    "socket": """new Promise((done) => {
        const one = new WebSocket('ws://127.0.0.1:{port}/socket');
        one.onopen = () => done('open'); one.onclose = () => done('closed');
    })""",
    "worker": """new Promise((done) => {
        new Worker('/worker.js').onmessage = (event) => done(event.data);
    })""",
    "peer": """new Promise((done) => {
        const one = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:{udp}'}]});
        one.createDataChannel('x');
        one.onicegatheringstatechange = () => one.iceGatheringState === 'complete' && done('over');
        one.createOffer().then((offer) => one.setLocalDescription(offer));
    })""",
    "transport": "new WebTransport('https://127.0.0.1:{udp}/x').ready.then(() => 'open')",
    "place": "new Promise((done, no) => navigator.geolocation.getCurrentPosition(done, no))",
    "notices": "Notification.requestPermission()",
    "popup": "(open('/popup'), 'tried')",
    "download": """(() => {
        const link = document.createElement('a');
        link.href = '/file.zip'; link.download = ''; document.body.append(link); link.click();
        return 'tried';
    })()""",
    "frame": """new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.src = '/frame'; document.body.append(frame);
        setTimeout(() => done(frame.contentDocument.body.textContent), 300);
    })""",
    "dialogue": "(alert('stop'), 'over')",
    "elsewhere": "(location.href = '/elsewhere', new Promise(done => setTimeout(done, 300, 'here')))",
}
ENDS = {
    **dict.fromkeys(
        ("other", "file", "post", "put", "robots", "long", "transport", "place"), "refused"
    ),
    **dict.fromkeys(("popup", "download"), "tried"),
    "head": "200",
    "beacon": "sent",
    "socket": "closed",
    "worker": "closed",
    "peer": "over",
    "notices": "denied",
    "frame": "",
    "dialogue": "over",
    "elsewhere": "here",
}
WORKER = (
    "const one = new WebSocket('ws://127.0.0.1:{port}/worker');"
    "one.onopen = () => postMessage('open'); one.onclose = () => postMessage('closed')"
)


@pytest.fixture(scope="module")
def probed(shared):
    """A page that tries everything: how each attempt ended, and what reached whom."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with Stand({"/x": http(200, b"inside")}) as other, udp:
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)

        def filled(code):
            facts = {
                "{other}": other.base,
                "{port}": shared.stand.port,
                "{udp}": udp.getsockname()[1],
            }
            for name, value in facts.items():
                code = code.replace(name, str(value))
            return code

        scripts = shared.stand.scripts
        scripts["/robots.txt"] = http(200, b"User-agent: *\nDisallow: /closed/")
        scripts["/worker.js"] = script(filled(WORKER))
        scripts["/head"] = http(200, b"inside")
        refused = {f"private{n}": f"fetch('{address}')" for n, address in enumerate(PRIVATE)}
        scripts["/a"] = shell(filled(says({**PROBES, **refused})))
        shared.follow("/a")
        shared.report = shared.sync()
        said = shared.text("/a").splitlines()[-1]
        shared.ends = dict(one.split("=") for one in said.split("; "))
        shared.asked_elsewhere = other.targets()
        try:
            shared.heard = udp.recv(2048)
        except BlockingIOError:
            shared.heard = b""
    return shared


@pytest.mark.parametrize("name", PROBES)
def test_what_a_page_tries_ends_so(probed, name):
    assert probed.ends[name] == ENDS[name]


def test_nothing_else_is_sent_anywhere(probed):
    asked = probed.stand.targets()
    own = {"/a", "/feed", "/robots.txt"}
    assert own <= set(asked) <= {*own, "/head", "/worker.js"}, "the last two if there was time"
    assert len(asked) == len(set(asked))
    assert probed.asked_elsewhere == []
    assert probed.heard == b""


def test_private_addresses_are_refused_and_told(probed):
    assert {probed.ends[f"private{n}"] for n in range(len(PRIVATE))} == {"refused"}
    told = {one.kind: one.message for one in probed.report.problems}
    assert told.keys() == {
        "browser-address-refused", "browser-robots-disallowed", "browser-bad-address",
    }  # fmt: skip
    assert "http://10.0.0.1/" in told["browser-address-refused"]
    assert "/closed/x" in told["browser-robots-disallowed"]


def test_a_page_that_asks_without_end_is_bounded_in_requests(desk, bounded):
    bounded(requests=20)
    code = "for (let n = 0; n < 1000; n++) fetch('/x?' + n).catch(() => 0);"
    desk.stand.scripts["/a"] = shell(code + draws("Ferries stop."))
    desk.follow("/a")
    (problem,) = desk.sync().problems
    asked = sum(one.startswith("/x?") for one in desk.stand.targets())
    assert 10 < asked <= 20  # what is under way when the visit ends may not arrive
    assert problem.kind == "browser-too-many-requests"
    assert "and 977 more" in problem.message
    assert desk.text("/a").endswith("Ferries stop.")


def test_a_page_is_bounded_in_bytes(desk, bounded):
    bounded(bytes=50_000, at_once=1)
    code = "(async () => { for (let n = 0; n < 9; n++) await fetch('/x?' + n) })();"
    for number in range(9):
        desk.stand.scripts[f"/x?{number}"] = http(200, bytes(20_000))
    desk.stand.scripts["/a"] = shell(code + draws("Ferries stop."))
    desk.follow("/a")
    assert [one.kind for one in desk.sync().problems] == ["browser-too-large"]
    assert sum(one.startswith("/x?") for one in desk.stand.targets()) == 3


def test_a_page_that_never_comes_to_rest_is_taken_as_it_is_in_the_end(desk, bounded):
    bounded(seconds=1.5)
    code = "const more = () => fetch('/x').finally(more); more();"
    tick = "setInterval(() => document.querySelector('article p').append(Math.random() + ' '), 20)"
    desk.stand.scripts["/a"] = shell(f"{draws('Ferries stop.')} {code} {tick}")
    desk.follow("/a")
    assert desk.sync().problems == []
    assert desk.text("/a").endswith("Ferries stop.")


def test_a_script_that_never_ends_is_given_up_and_the_page_asked_for_again_in_full(
    desk, bounded, monkeypatch
):
    bounded(wait=2.0)
    desk.stand.scripts["/a"] = shell(f"{draws()} for (;;);", 'ETag: "1"')
    desk.stand.scripts["/b"] = shell(draws("Ferries stop."))
    desk.follow("/a", "/b")
    assert [one.kind for one in desk.sync().problems] == ["too-slow"]
    assert desk.text("/b").endswith("Ferries stop.")
    desk.stand.scripts["/a"] = shell(draws("Ferries stop."))
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "90000")
    desk.sync()
    assert {one.field("if-none-match") for one in desk.stand.log if one.target == "/a"} == {None}
    assert desk.text("/a").endswith("Ferries stop.")


def test_a_document_that_grows_without_end_is_refused(desk, bounded):
    bounded(dom=100_000)
    desk.stand.scripts["/a"] = shell(draws() + "document.body.append('x'.repeat(200000))")
    desk.follow("/a")
    assert [one.kind for one in desk.sync().problems] == ["too-large"]


def test_a_page_that_bends_its_own_methods_is_read_all_the_same(desk):
    bend = """
        Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'bent'});
        String.prototype.slice = () => 'bent'; XMLSerializer = null;
    """
    desk.stand.scripts["/a"] = shell(draws("Ferries stop.") + bend)
    desk.follow("/a")
    desk.sync()
    assert desk.text("/a").endswith("Ferries stop.")


def processes() -> dict[int, tuple[int, str]]:
    """Each process by its number: its parent's, and its command line."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            found[int(path.name)] = (parent, (path / "cmdline").read_bytes().decode())
    return found


def killed(mark: str) -> int:
    """Kill our own Chromium's processes with this mark in their command. How many they were."""
    known = processes()

    def is_own(number):
        return number == os.getpid() or (number in known and is_own(known[number][0]))

    own = [one for one, (_, command) in known.items() if mark in command and is_own(one)]
    for one in own:
        os.kill(one, signal.SIGKILL)
    return len(own)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("mark", ["--type=renderer", "--headless", "run-driver"])
def test_a_browser_that_dies_stops_neither_the_sync_nor_the_next_page(desk, mark):
    counts = []

    def die(asked):
        counts.append(killed(mark))
        return http(200, b"{}")

    desk.stand.scripts["/die.json"] = die
    desk.stand.scripts["/a"] = shell(f"{draws()} fetch('/die.json')")
    desk.stand.scripts["/b"] = shell(draws("Ferries stop."))
    desk.follow("/a", "/b")
    report = desk.sync()
    assert counts[0]
    assert {one.kind for one in report.problems} == {"browser-crashed"}
    assert desk.text("/b").endswith("Ferries stop.")


def test_a_sandbox_that_cannot_start_is_told_with_what_to_do():
    told = chromium.told("launch: x\nChromium sandboxing failed!\n")
    assert "user namespaces" in told
