"""Bylines that readers see: whose names they are, in many languages, and what is none."""

from __future__ import annotations

import pytest
from support.pages import PROSE, TITLE, document, json_ld, meta, paragraphs, read, story

SITE = meta(og__site_name="Harbour Post")


def authors(inside: str, **facts) -> tuple[str, ...]:
    return read(story(inside, **facts)).authors


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p class="byline">By <a href="/a">Ann Lee</a> and <a href="/b">Tom Hart</a></p>',
         ("Ann Lee", "Tom Hart")),
        ('<p class="article__authors">Von Jan Maier und Eva Roth</p>', ("Jan Maier", "Eva Roth")),
        ('<p class="autor">Par Léa Dupont et Hugo Petit</p>', ("Léa Dupont", "Hugo Petit")),
        ('<p class="firma">Por Ana Ruiz y Luis Gil</p>', ("Ana Ruiz", "Luis Gil")),
        ('<p class="p-author">文・李安、陳河</p>', ("李安", "陳河")),
        ('<div class="author-name">Ann Lee</div>', ("Ann Lee",)),
        ('<div class="authorName__x9">Ann Lee</div>', ("Ann Lee",)),
        ('<span class="author vcard"><a class="url fn n" href="/author/anneke">anneke</a></span>',
         ("anneke",)),
        ('<h4 class="vcard author">vom <span class="fn">Hafenkind</span></h4>', ("Hafenkind",)),
        ('<div class="submitted">Gespeichert von <span class="username">rasos</span> am'
         " 24. Juli 2026 - 18:55</div>", ("rasos",)),
        ('<p class="author">Ann Lee<br>30 October 2026</p>', ("Ann Lee",)),
        ('<p class="byline">By Ann Lee, senior writer | 30 October 2026</p>', ("Ann Lee",)),
        ('<p class="byline">By Jan May | 30 May 2026</p>', ("Jan May",)),
        ('<p class="byline">By Ann Lee May 30, 2026</p>', ("Ann Lee",)),
        ('<p class="byline">By Ann Lee on Friday, October 30, 2026 in Town</p>', ("Ann Lee",)),
        ('<div class="writer">항구, 강변 김하나 기자 hana@harbour.example</div>', ("김하나",)),
        ('<p class="byline">Written By<span>Ann Lee</span></p>', ("Ann Lee",)),
        ('<p class="byline">By <a href="/author/ann">Ann Lee</a>'
         ' <a href="/tag/town">Town</a> <a href="/register">Sign in</a></p>', ("Ann Lee",)),
        ('<ul class="creator-names"><li class="creator__name">Ann Lee</li>'
         '<li class="creator__name">Tom Hart</li></ul>', ("Ann Lee", "Tom Hart")),
        ("<byline>Von Jan Maier, dpa</byline>", ("Jan Maier",)),
        ('<a rel="author" href="/a">View all posts by Ann Lee →</a>', ("Ann Lee",)),
        ('<a rel="author" href="/a">Zeige alle Beiträge von Jan Maier →</a>', ("Jan Maier",)),
        ('<p>Written by <a href="/blog/author/ann-lee">Ann Lee</a></p>', ("Ann Lee",)),
        ('<div><a href="/team/harbour">Ann Lee</a></div>', ()),
        ('<div><a href="/team/ann-lee">Ann Lee</a></div>', ("Ann Lee",)),
    ],
)  # fmt: skip
def test_an_element_that_is_called_a_byline_names_its_people(byline, names):
    assert authors(byline) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("By Ann Lee and Tom Hart", ("Ann Lee", "Tom Hart")),
        ("30.10.2026 09:15 von Jan Maier", ("Jan Maier",)),
        ("Autor: Olga", ("Olga",)),
        ("Autorka: Anna Nowak", ("Anna Nowak",)),
        ("Door Jan de Vries", ("Jan de Vries",)),
        ("Av Kari Nordmann", ("Kari Nordmann",)),
        ("Di Maria Rossi", ("Maria Rossi",)),
        ("Por José da Silva", ("José da Silva",)),
        ("Автор: Анна Речная", ("Анна Речная",)),
        ("Yazan: Ayşe Demir", ("Ayşe Demir",)),
        ("Oleh Budi Santoso", ("Budi Santoso",)),
        ("Tác giả: Nguyễn Văn An", ("Nguyễn Văn An",)),
        ("Γράφει ο Νίκος Παππάς", ("Νίκος Παππάς",)),
        ("بقلم: ليلى حداد", ("ليلى حداد",)),
        ("מאת דנה לוי", ("דנה לוי",)),
        ("โดย: สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("作者：李安", ("李安",)),
        ("文／陳河", ("陳河",)),
        ("来源：港口日报　记者：王桥", ("王桥",)),
        ("取材・文：山田花子", ("山田花子",)),
        ("김하나 기자 hana@harbour.example", ("김하나",)),
        ("[항구=뉴스] 김하나 기자 = 다리가 다시 열렸다", ("김하나",)),
    ],
)
def test_a_line_under_the_headline_that_reads_like_a_byline_names_its_people(line, names):
    assert authors(f"<p>{line}</p>") == names


def test_a_label_names_who_stands_on_the_next_line():
    assert authors("<div>Von:</div><div>Jan Maier</div>") == ("Jan Maier",)


def test_the_reporter_in_brackets_at_the_end_is_the_author_and_the_editor_is_not():
    assert authors("<p>桥今天重新开放。（本报记者 王河 陈桥）</p><p>（责任编辑：李安）</p>") == (
        "王河",
        "陈桥",
    )
    assert authors("<p>（责任编辑：李安）</p>") == ()


def test_the_reporter_on_a_line_of_its_own_is_the_author_and_the_photographer_is_not():
    assert authors("<p>港口日报记者 王河、陈桥 报道</p>") == ("王河", "陈桥")
    assert authors("<p>港口日报记者 王河 摄</p>") == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("2026年10月30日 来源：海港网 编辑：王河", ()),
        ("作者：《海港》综合报道", ()),
        ("【作者：李安】（责任编辑：王河）", ("李安",)),
        ("海港报／李安 文字大小：大", ("海港报", "李安")),
        ("时间：2026-10-30 08:17 手机版", ()),
    ],
)
def test_a_chinese_byline_names_neither_source_nor_editor(line, names):
    assert authors(f'<div class="author">{line}</div>') == names


def test_the_imprint_of_a_site_and_the_company_behind_it_name_nobody():
    assert authors("", head=SITE + meta(author="Harbour Post, Frankfurt, Germany")) == ()
    assert authors("", head=meta(author="Seaweb GmbH")) == ()
    assert authors("", head=SITE + meta(author="Ann Lee, Harbour Post")) == ("Ann Lee",)


def test_what_a_site_says_of_itself_names_nobody():
    slogan = "海港网_提供股票、基金、期货与外汇市场的金融资讯、以及个人理财等服务"
    assert authors("", head=meta(author=slogan)) == ()


def test_a_word_that_the_title_ends_with_is_the_site():
    brand = meta(author="海港")
    page = document(f"<h1>{TITLE}</h1>{paragraphs(*PROSE)}", head=brand, title=f"{TITLE}_海港新闻")
    assert read(page).authors == ()
    assert authors("", head=brand) == ("海港",)


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="author-bio">Ann Lee lives on a boat</div>',
        '<img class="author-image"><p class="author-image">Ann Lee</p>',
        '<div class="byline"><a href="/category/wellness">Wellness &amp; Prevention</a></div>',
        '<div class="byline">March 20, 2026 | Wellness &amp; Prevention</div>',
        '<div class="byline">October 30, 2026</div>',
        '<div class="author-wrapper">Introducing the Harbour Collective: a new way to earn, grow,'
        " and make an impact in every town by the sea</div>",
        '<div id="comments"><span class="author">Tom Hart</span></div>',
        '<div class="related"><p class="byline">By Tom Hart</p></div>',
        '<aside><a rel="author" href="/tom">Tom Hart</a></aside>',
        '<figure><span class="author">Tom Hart</span></figure>',
        '<a href="/team/login">Sign in</a>',
        "<p>By the Old Bridge</p>",
        "<p>Follow us at a glance by Friday</p>",
        "<p>本报记者</p>",
    ],
)
def test_what_is_no_name_or_stands_elsewhere_names_nobody(inside):
    assert authors(inside) == ()


def test_the_byline_nearest_to_the_headline_counts():
    above = '<div class="byline">By Ann Lee</div>'
    below = '<div class="card"><div class="byline">By Tom Hart</div></div>'
    page = document(f"{above}<h1>{TITLE}</h1>{paragraphs(*PROSE * 8)}{below * 3}")
    assert read(page).authors == ("Ann Lee",)


def test_the_author_of_the_article_outranks_that_of_the_page():
    both = meta(author="Sea Press") + meta(article__author="Ann Lee")
    assert authors("", head=both) == ("Ann Lee",)


def test_a_preview_card_says_who_wrote_it():
    card = meta(twitter__label1="Verfasst von", twitter__data1="Jan Maier")
    other = meta(twitter__label1="Lesezeit", twitter__data1="Zwei Minuten")
    assert authors("", head=card) == ("Jan Maier",)
    assert authors("", head=other) == ()


def test_json_ld_may_name_a_person_elsewhere_in_its_graph():
    graph = json_ld(
        author={"@id": "#ann"},
        **{"@graph": [{"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]},
    )
    assert authors("", head=graph) == ("Ann Lee",)
    assert authors("", head=json_ld(author={"@id": "#gone"})) == ()


def test_an_agency_is_the_author_where_no_person_is_named():
    agency = json_ld(author={"@type": "Organization", "name": "Sea News Agency"})
    assert authors("", head=agency) == ("Sea News Agency",)
    assert authors('<p class="byline">By Ann Lee</p>', head=agency) == ("Ann Lee",)


def test_a_newspaper_that_shares_the_byline_with_an_agency_is_named_beside_it():
    shared = json_ld(author={"@type": "Person", "name": "Harbour Post and AFP"})
    assert authors("", head=SITE + shared) == ("Harbour Post", "AFP")
    own = json_ld(author=["Ann Lee", "Harbour Post"])
    assert authors("", head=SITE + own) == ("Ann Lee",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Posted by Ann on October 30, 2026 in Town", ("Ann",)),
        ("Posted in Town, Rivers by harbourkid on October 30, 2026", ("harbourkid",)),
        ("Gepostet von Jan am 30. Oktober 2026", ("Jan",)),
        ("Publié par Léa le 30 octobre 2026", ("Léa",)),
        ("Written by Ann Lee and Tom Hart", ("Ann Lee", "Tom Hart")),
        ("All articles by Ann Lee", ("Ann Lee",)),
        ("Text: Jan Maier", ("Jan Maier",)),
        ("Posted by the sea on Friday it lay for nine years", ()),
        ("Written by hand", ()),
    ],
)
def test_a_line_below_a_long_article_that_says_who_wrote_it_names_the_author(line, names):
    page = document(f"<h1>{TITLE}</h1>{paragraphs(*PROSE * 30)}<p>{line}</p>")
    assert read(page).authors == names


def test_a_box_about_the_author_begins_with_the_name():
    about = "Ann Lee is a writer of the harbour and has told of its bridges for twenty years. "
    box = f'<div class="author-wrapper"><p>Ann Lee</p><p>{about * 6}</p></div>'
    assert authors(box) == ("Ann Lee",)
    other = f'<div class="author-wrapper"><p>Harbour Tales</p><p>{about * 6}</p></div>'
    assert authors(other) == ()


def test_the_site_is_the_author_of_a_news_article_only_where_it_says_so():
    own = SITE + json_ld(author={"@type": "Organization", "name": "Harbour Post"})
    assert authors("", head=own + meta(og__type="article")) == ("Harbour Post",)
    assert authors("", head=own + meta(og__type="website")) == ()
    assert authors("", head=SITE + meta(author="Harbour Post", og__type="article")) == ()
    assert authors("", head=SITE + meta(og__type="article")) == ()


def test_a_person_may_own_the_site_that_bears_the_name():
    own = meta(og__site_name="Ann Lee", author="Ann Lee")
    assert authors("", head=own) == ("Ann Lee",)
    assert authors("", head=meta(og__site_name="Town Bank", author="Town Bank")) == ()


@pytest.mark.parametrize(
    "value",
    [
        "undefined",
        "page.head.extra.author",
        "{{ author }}",
        "[object Object]",
        "ann-lee-42",
        "mdelatq6vkpg2ma0ci",
        "content: Ann Lee, design: Tom Hart",
        "harbour.example, Frankfurt, Germany",
        "Editorial Team",
    ],
)
def test_what_a_template_left_behind_names_nobody(value):
    assert authors("", head=meta(author=value)) == ()
