"""Short blocks that ask, advertise or credit, in the languages of the news, and their like."""

from __future__ import annotations

import pytest
from support.pages import LONG, PROSE, body, document, paragraphs, read

from newskeep.extraction.rules import DATELINES, ENDINGS, LABELS, TRAILERS

CLEAN = "\n".join(f"<p>{text}</p>" for text in PROSE)


@pytest.mark.parametrize(
    "phrase",
    [
        "Нашли ошибку? Выделите её.", "Схожі новини", "مواضيع ذات صلة", "انتهای پیام", "כל הזכויות שמורות",
        "ดูเพิ่มเติม", "संबंधित खबरें", "기사 제보", "タグ：橋、川", "【纠错】", "Διαβάστε επίσης: η γέφυρα",
        "İlgili haber: köprü", "Więcej na ten temat", "Související články", "Kapcsolódó cikkek", "Citește și",
        "Прочетете още", "Povezane vijesti", "Lue lisää", "Lihat juga", "Lire la suite",
    ],
)  # fmt: skip
def test_a_phrase_of_its_language_goes_from_the_tail(phrase):
    assert body(paragraphs(*PROSE, phrase)) == CLEAN


@pytest.mark.parametrize(
    "label", ["Комментарии (12)", "댓글 3", "إعلان", "Ετικέτες", "Paylaş", "举报"]
)
def test_a_label_goes_where_it_stands_alone(label):
    assert body(paragraphs(PROSE[0], label, *PROSE[1:])) == CLEAN


@pytest.mark.parametrize(
    "sentence",
    [
        "Комментарии мэра были краткими.",
        "举报人说，桥已经开放。",
        "댓글을 쓴 사람은 시장이었다.",
        "Рекламаций не было.",
        "שתפו פעולה עם העירייה.",
    ],
)
def test_a_short_sentence_that_begins_with_a_label_stays(sentence):
    assert body(paragraphs(*PROSE, sentence)) == f"{CLEAN}\n<p>{sentence}</p>"


def test_the_phrase_before_a_link_does_not_count_as_text_beside_it():
    line = "<p>延伸阅读：<a href='/1'>洪水九年</a></p>"
    assert body(line + paragraphs(*PROSE)) == CLEAN


@pytest.mark.parametrize("phrases", [TRAILERS, ENDINGS, DATELINES, LABELS])
def test_phrases_are_written_as_the_text_is_compared(phrases):
    assert [one for one in phrases if one != one.casefold().replace("\u0307", "")] == []


def test_a_heading_with_a_time_is_no_dateline():
    entry = "<h2>10:15 The mayor crosses</h2>"
    html = document(f"<article>{entry}{paragraphs(*LONG)}</article>")
    assert "10:15 The mayor crosses" in read(html).text


@pytest.mark.parametrize(
    "dateline",
    [
        "Дата: сегодня утром", "تاريخ النشر: اليوم", "פורסם: היום", "เผยแพร่: วันนี้", "입력 2026.10.30", "Yayınlanma: bugün",
        "۱۴۰۵/۰۸/۰۸", "30 ตุลาคม 2569", "٢٠٢٦/١٠/٣٠",
    ],
)  # fmt: skip
def test_a_dateline_in_any_script_goes(dateline):
    html = document(f"<article>{paragraphs(dateline, *PROSE)}</article>")
    assert read(html).html == CLEAN


def test_a_short_line_with_a_number_of_people_is_no_dateline():
    html = document(f"<article>{paragraphs('About 2500 people came', *PROSE)}</article>")
    assert read(html).html == f"<p>About 2500 people came</p>\n{CLEAN}"
