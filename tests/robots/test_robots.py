"""robots.txt by RFC 9309: the numbers in the names of sections are the RFC's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import robots
from newskeep.robots import for_status, matches, normal, parse

SITE = "https://example.com"


def allowed(document, path, agent="newskeep"):
    return parse(document).allows(agent, SITE + path)


def rules(*lines, agent="*"):
    return "\n".join([f"User-agent: {agent}", *lines])


# 2.2.1 Groups and agents

GROUPS = """
User-agent: *
Disallow: /all

User-agent: NewsKeep
User-agent: otherbot
Disallow: /us

User-agent: thirdbot
Disallow: /third

User-agent: newskeep
Disallow: /more
"""


@pytest.mark.parametrize(
    ("agent", "path", "may"),
    [
        ("newskeep", "/us", False),
        ("NEWSKEEP", "/us", False),
        ("newskeep", "/more", False),
        ("newskeep", "/all", True),
        ("newskeep", "/third", True),
        ("otherbot", "/us", False),
        ("otherbot", "/more", True),
        ("thirdbot", "/third", False),
        ("thirdbot", "/us", True),
        ("unnamed", "/all", False),
        ("unnamed", "/us", True),
    ],
)
def test_an_agent_obeys_every_group_that_names_it_else_those_for_all(agent, path, may):
    assert allowed(GROUPS, path, agent) is may


@pytest.mark.parametrize(
    ("token", "named"),
    [
        ("newskeep", True), ("NewsKeep", True), ("newskeep/1.0", True), ("newskeep 1.0", True),
        ("newskeep*", True), ("newskeepbot", False), ("news", False), ("newskeep-images", False),
        ("mynewskeep", False), ("", False), ("1", False),
    ],
)  # fmt: skip
def test_the_product_token_is_matched_whole_and_in_any_case(token, named):
    document = f"User-agent: {token}\nDisallow: /\n\nUser-agent: *\nAllow: /"
    assert allowed(document, "/a") is not named


@pytest.mark.parametrize("star", ["*", " * ", "*bot", "* # everyone"])
def test_a_star_names_everyone(star):
    assert not allowed(rules("Disallow: /", agent=star), "/a")


def test_groups_for_all_are_joined():
    document = rules("Disallow: /a") + "\n" + rules("Disallow: /b")
    assert not allowed(document, "/a")
    assert not allowed(document, "/b")


def test_rules_before_any_agent_count_for_nobody():
    assert allowed("Disallow: /\nCrawl-delay: 9\nUser-agent: *\nDisallow: /b", "/a")
    assert parse("Crawl-delay: 9\nUser-agent: *").delay("newskeep") is None


def test_an_agent_without_rules_may_fetch_everything():
    assert allowed("User-agent: newskeep\n\nUser-agent: newskeep\nDisallow:\n", "/a")
    assert allowed(rules("Disallow: /") + "\nUser-agent: newskeep\nAllow:", "/a")


@pytest.mark.parametrize("line", ["", "# a remark", "Sitemap: /s.xml", "Crawl-delay: 5", "Host: x"])
def test_other_records_end_no_group(line):  # 2.2.4
    document = (
        f"User-agent: newskeep\n{line}\nUser-agent: b\n{line}\nDisallow: /\n{line}\nAllow: /ok"
    )
    for agent in ("newskeep", "b"):
        assert not allowed(document, "/a", agent)
        assert allowed(document, "/ok", agent)


# 2.2.2 Allow and Disallow


@pytest.mark.parametrize(
    ("lines", "path", "may"),
    [
        (["Disallow: /a", "Allow: /a/b"], "/a/b/c", True),
        (["Allow: /a/b", "Disallow: /a"], "/a/c", False),
        (["Allow: /page", "Disallow: /*.html"], "/page.html", False),
        (["Allow: /p", "Disallow: /"], "/page", True),
        (["Allow: /folder", "Disallow: /folder"], "/folder/page", True),
        (["Disallow: /folder", "Allow: /folder"], "/folder/page", True),
        (["Allow: /page", "Disallow: /*.htm"], "/page.htm", False),
        (["Allow: /$", "Disallow: /"], "/", True),
        (["Allow: /$", "Disallow: /"], "/page", False),
        (["Disallow: /a"], "/b", True),
        (["Disallow: /a"], "/A", True),
        (["Disallow: /"], "/", False),
        (["Disallow: /"], "", False),
        (["Disallow: /a?b"], "/a?b=1", False),
        (["Disallow: /a?b"], "/a", True),
        (["Disallow: /*?"], "/a?b", False),
        (["Disallow: a"], "/a", True),
        (["Disallow: *a"], "/b/a", False),
        (["Disallow:"], "/a", True),
        (["Allow:", "Disallow: /"], "/a", False),
    ],
)
def test_the_longest_match_decides_and_allow_wins_a_tie(lines, path, may):
    assert allowed(rules(*lines), path) is may


@pytest.mark.parametrize("path", ["/robots.txt", "/robots.txt#x"])
def test_robots_txt_itself_may_always_be_fetched(path):
    assert allowed(rules("Disallow: /"), path)


@pytest.mark.parametrize(
    ("rule", "path", "same"),
    [
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", True),
        ("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http%3A%2F%2Ffoo.bar", False),
        ("/foo/bar/\U000144ec", "/foo/bar/%F0%94%93%AC", True),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%E3%83%84", "/foo/bar/ツ", True),
        ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/foo/bar/baz", "/foo/bar/%62%61%7a", True),
        ("/a%2Fb", "/a/b", False),
        ("/a%2fb", "/a%2Fb", True),
        ("/a%3Fb", "/a?b", False),
        ("/a%7Eb", "/a~b", True),
        ("/caf\xe9", "/caf%C3%A9", True),
        ("/file-with-a-%2A.html", "/file-with-a-*.html", True),
        ("/file-with-a-%2A.html", "/file-with-a-b.html", False),
        ("/foo-%24", "/foo-$", True),
        ("/foo-%24", "/foo-", False),
        ("/a$b", "/a$b", True),
        ("/a$b", "/a%24b", True),
        ("/a*b", "/a*b", True),
        ("/price$$", "/price$", True),
        ("/price$$", "/price$5", False),
    ],
)
def test_escapes_are_compared_in_one_form(rule, path, same):
    assert allowed(rules(f"Disallow: {rule}"), path) is not same


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text("/aZ%2fF~é*$? ", max_size=20))
def test_the_normal_form_of_a_normal_form_is_itself(path):
    assert normal(normal(path)) == normal(path)


# 2.2.3 Special characters


@pytest.mark.parametrize(
    ("pattern", "path", "found"),
    [
        ("/", "/anything", True), ("/*", "/", True), ("*", "/", True), ("/fish", "/fish.html", True),
        ("/fish", "/fishheads/yummy", True), ("/fish", "/catfish", False), ("/fish/", "/fish", False),
        ("/fish*", "/fish", True), ("/*.php", "/a/b.php5?x", True), ("/*.php", "/a.ph", False),
        ("/*.php$", "/a.php", True), ("/*.php$", "/a.php?x", False), ("/*.php$", "/a.php/.php", True),
        ("/fish*.php", "/fishheads/catfish.php", True), ("/fish*.php", "/Fish.PHP", False),
        ("/a$", "/a", True), ("/a$", "/ab", False), ("/a*a$", "/a", False), ("/a*a$", "/aa", True),
        ("/*a*b*c$", "/xaybzc", True), ("/*a*b*c$", "/xaycb", False), ("/a**b", "/a-b", True),
        ("/*aba*aba$", "/ababa", False), ("/*aba*aba$", "/abaaba", True), ("$", "", True),
        ("/a*$", "/abc", True), ("*$", "/x", True),
    ],
)  # fmt: skip
def test_a_star_is_any_run_and_a_final_dollar_the_end(pattern, path, found):
    assert matches(pattern, path) is found


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.text("ab/*", max_size=8), st.booleans(), st.text("ab/", max_size=10))
def test_matching_agrees_with_a_regular_expression(pattern, ends, path):
    regex = re.escape(pattern).replace(r"\*", ".*") + ("$" if ends else "")
    assert matches(pattern + "$" * ends, path) == bool(re.match(regex, path))


def test_a_pattern_of_many_stars_takes_linear_time():
    assert not matches("/" + "*a" * 2000 + "b$", "/" + "a" * 8000)


# 2.2, 2.3: the document


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(end, mark):
    document = mark + end.join(["User-agent: *", "Disallow: /a", ""]).encode()
    assert not allowed(document, "/a")
    assert allowed(document, "/b")


@pytest.mark.parametrize(
    "line",
    [
        "Disallow: /a", "disallow:/a", "DISALLOW : /a", " Disallow:\t/a ", "Disallow /a",
        "Disallow\t/a", "Disallow: /a # not for you", "Disallow: /a#x", "Dissallow: /a",
        "Dissalow: /a", "Disalow: /a", "Diasllow: /a", "Disallaw: /a",
    ],
)  # fmt: skip
def test_lines_are_read_leniently(line):
    assert not allowed(rules(line), "/a")
    assert allowed(rules(line), "/b")


@pytest.mark.parametrize(
    "line", ["Disallow", "Noindex: /a", "/a", ": /a", "Disallow; /a", "dis allow: /a"]
)
def test_lines_that_make_no_sense_are_passed_over(line):
    assert allowed(rules(line, "Disallow: /b"), "/a")
    assert not allowed(rules(line, "Disallow: /b"), "/b")


@pytest.mark.parametrize("name", ["User-agent", "useragent", "User Agent", "USER-AGENT"])
def test_an_agent_line_has_several_spellings(name):
    assert not allowed(f"{name}: *\nDisallow: /a", "/a")


def test_a_page_that_is_no_robots_txt_forbids_nothing():
    assert allowed(b"<!doctype html><html><body>Disallow: everything</body></html>", "/a")


def test_bytes_that_are_no_utf8_spoil_only_their_own_line():
    assert not allowed(b"User-agent: *\nDisallow: /\xff\xfe\nDisallow: /b", "/b")


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read(document):
    assert parse(b"User-agent: *\n" + document).allows("newskeep", SITE + "/") in (True, False)


def test_what_stands_beyond_the_limit_is_not_read():  # 2.5
    filler = "#" * 99 + "\n"
    within = filler * (robots.LIMIT // 100 - 1) + rules("Disallow: /a")
    assert not allowed(within, "/a")
    assert allowed(filler * (robots.LIMIT // 100) + rules("Disallow: /a"), "/a")
    assert robots.LIMIT >= 500 * 1024 - 512


def test_a_line_without_end_is_cut():
    document = rules("Disallow: /" + "a" * 100_000, "Disallow: /b")
    assert not allowed(document, "/b")
    assert not allowed(document, "/" + "a" * 20_000)


def test_sitemaps_are_named_wherever_they_stand():
    document = "Sitemap: https://example.com/1.xml\nUser-agent: *\nSite-map: /2.xml\nSitemap:\n"
    assert parse(document).sitemaps == ("https://example.com/1.xml", "/2.xml")


# Crawl-delay, which is no part of the RFC


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("10", 10),
        ("0.5", 0.5),
        ("7 seconds", 7),
        ("0", 0),
        ("soon", None),
        ("-3", None),
        ("", None),
    ],
)
def test_a_crawl_delay_is_read_in_seconds(value, seconds):
    assert parse(rules(f"Crawl-delay: {value}")).delay("newskeep") == seconds


def test_a_crawl_delay_for_all_is_not_changed_by_one_for_another():
    document = "User-agent: *\nCrawl-delay: 9\nUser-agent: other\nCrawl-delay: 2\nDisallow: /a\n"
    assert parse(document).delay("newskeep") == 9
    assert parse(document).delay("other") == 2


def test_a_crawl_delay_is_that_of_the_agents_own_groups_and_of_several_the_longest():
    document = "User-agent: *\nCrawl-delay: 9\n\nUser-agent: newskeep\nCrawl-delay: 2\nAllow: /\n"
    assert parse(document).delay("newskeep") == 2
    assert parse(document).delay("other") == 9
    assert parse(document + "User-agent: newskeep\nCrawl-delay: 4\n").delay("newskeep") == 4


# 2.3.1 What an answer means


@pytest.mark.parametrize("status", [201, 204, 301, 400, 401, 403, 404, 410, 451])
def test_without_a_robots_txt_everything_is_allowed(status):
    assert for_status(status, rules("Disallow: /").encode()).allows("newskeep", SITE + "/a")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_a_site_that_cannot_say_has_no_rules_yet(status):
    assert for_status(status, rules("Allow: /").encode()) is None


def test_a_robots_txt_means_what_it_says():
    found = for_status(200, rules("Disallow: /a").encode())
    assert not found.allows("newskeep", SITE + "/a")
    assert found.allows("newskeep", SITE + "/b")
