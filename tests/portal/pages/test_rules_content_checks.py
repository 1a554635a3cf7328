"""What the content checks find, and what they leave alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pages.rules.content_checks import (
    LONG_CLAUSE,
    Check,
    Column,
    Content,
    Known,
    Level,
    Link,
    Term,
    Text,
    clauses,
    findings,
    length,
    vague_phrases,
)

TODAY = date(2026, 3, 2)
KNOWN = Known(today=TODAY)


def demand(words: str) -> Content:
    return Content(texts=(Text("materials", "材料名称", words, row=0, column="name", is_demand=True),))


def words(text: str) -> Content:
    return Content(texts=(Text("summary", "摘要", text),))


def found(content: Content, known: Known = KNOWN) -> list[tuple[Check, str]]:
    return [(finding.check, finding.quote) for finding in findings(content, known)]


# --- Catch-all wording ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("其他材料", ["其他材料"]),
        ("其它有关证明材料", ["其它有关证明"]),
        ("法律法规规定的其他文件", ["其他文件"]),
        ("身份证、户口簿等材料", ["等材料"]),
        ("租赁合同等相关证明", ["等相关证明"]),
        ("窗口认为需要的材料", []),
        ("有关部门要求提供的材料", ["有关部门要求提供的材料"]),
        ("符合其他条件的", ["其他条件"]),
        ("户口簿原件", []),
        ("由父母或其他监护人申报", []),
        ("《关于加强其他材料管理的通知》", []),
        ("等待材料审查", []),
        ("Identity card and other supporting documents", ["other supporting documents"]),
        ("Lease, deed, etc.", ["etc."]),
        ("The other parent's consent", []),
    ],
)
def test_a_demand_that_leaves_open_what_is_demanded_is_found(text, phrases):
    assert vague_phrases(text) == phrases


def test_only_what_applicants_must_bring_or_meet_is_held_to_it():
    assert found(demand("其他材料")) == [(Check.CATCH_ALL, "其他材料")]
    assert found(words("其他材料")) == []
    assert findings(demand("其他材料"), KNOWN)[0].level is Level.ERROR


# --- Terms ------------------------------------------------------------------------------------

TERMS = Known(
    TODAY,
    terms=(
        Term("外来人口", "新居民"),
        Term("残废", "残疾"),
        Term("the disabled", "people with disabilities"),
        Term("证", "居住证"),
    ),
)


@pytest.mark.parametrize(
    ("text", "avoided"),
    [
        ("外来人口子女入学", ["外来人口"]),
        ("新居民子女入学", []),
        ("《外来人口管理条例》", []),
        ("残疾人", []),
        ("The Disabled may apply", ["the disabled"]),
        ("the disabled-access ramp", []),
        ("居住证", []),
        ("暂住证和居住证", ["证"]),
    ],
)
def test_an_avoided_term_is_found_unless_it_stands_in_its_preferred_form_or_in_a_title(text, avoided):
    assert [quote for check, quote in found(words(text), TERMS) if check is Check.TERM] == avoided


# --- Clauses ----------------------------------------------------------------------------------


def test_a_clause_is_hinted_at_beyond_25_characters_and_warned_of_beyond_60():
    assert found(words("字" * 25)) == []
    (hint,) = findings(words("短句，" + "字" * 26), KNOWN)
    (warning,) = findings(words("字" * 61), KNOWN)

    assert (hint.check, hint.level, hint.params) == (Check.LONG_CLAUSE, Level.HINT, {"count": 26})
    assert (warning.check, warning.level) == (Check.OVERLONG_CLAUSE, Level.WARNING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先申请，再审查；最后送达。", ["先申请", "再审查", "最后送达"]),
        ("带身份证、户口簿", ["带身份证", "户口簿"]),
        ("Apply on-line, then wait. It takes 3.5 days.", ["Apply on-line", "then wait", "It takes 3.5 days"]),
    ],
)
def test_clauses_end_at_punctuation(text, expected):
    assert clauses(text) == expected


def test_a_word_in_latin_letters_counts_as_one_and_so_does_the_title_of_a_law():
    assert length("请登录 www.example.org 办理") == 6
    assert found(words(f"依据《{'法' * 40}》办理")) == []


@given(st.text(alphabet="字，。A b《》", max_size=80))
def test_no_clause_is_longer_than_the_text_and_short_ones_are_never_found(text):
    assert sum(length(clause) for clause in clauses(text)) <= length(text) + text.count("《")
    if length(text) <= LONG_CLAUSE - text.count("《"):
        assert found(words(text)) == []


# --- Links, pictures, dates, columns ------------------------------------------------------------


def test_links_to_what_readers_cannot_open_are_found():
    content = Content(
        links=(
            Link("正文", 1, "在"),
            Link("正文", 2, "不在"),
            Link("空表", 7, "表", is_document=True),
            Link("正文", None, "空"),
        ),
    )
    known = Known(TODAY, pages=frozenset({1}), documents=frozenset({8}))

    assert found(content, known) == [
        (Check.DEAD_LINK, "不在"),
        (Check.DEAD_DOCUMENT, "表"),
        (Check.DEAD_LINK, "空"),
    ]


@pytest.mark.parametrize(
    ("verified_on", "months", "overdue"),
    [
        (date(2025, 3, 2), 12, False),
        (date(2025, 3, 1), 12, True),
        (date(2025, 9, 1), 6, True),
        (None, 0, False),
    ],
)
def test_a_review_is_overdue_the_day_after_its_date(verified_on, months, overdue):
    content = Content(verified_on=verified_on, review_months=months)

    assert (found(content) == [(Check.REVIEW_OVERDUE, "")]) is overdue


@pytest.mark.parametrize(
    ("column", "check"),
    [
        (None, None),
        (Column(None), Check.EMPTY_COLUMN),
        (Column(date(2020, 1, 1)), None),
        (Column(date(2026, 2, 16), timedelta(days=14)), None),
        (Column(date(2026, 2, 15), timedelta(days=14)), Check.STALE_COLUMN),
    ],
)
def test_a_column_may_be_neither_blank_nor_stale(column, check):
    assert [one for one, _quote in found(Content(column=column))] == ([check] if check else [])


def test_the_worst_comes_first_and_each_says_where():
    content = Content(
        texts=(*words("字" * 30).texts, *demand("其他材料").texts),
        missing=("设定依据",),
        pictures_without_words=("正文",),
        lacks_source=True,
        lacks_translation=True,
    )

    assert [(finding.check, finding.label) for finding in findings(content, KNOWN)] == [
        (Check.CATCH_ALL, "材料名称"),
        (Check.MISSING_ELEMENT, "设定依据"),
        (Check.NO_SOURCE, ""),
        (Check.NO_ALT_TEXT, "正文"),
        (Check.LONG_CLAUSE, "摘要"),
        (Check.NO_TRANSLATION, ""),
    ]
