"""Reading the text of a State Council notice: the real ones since 2004, and what is written otherwise or wrongly."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.workdays import ONE_DAY
from portal.workdays.rules.amending import changes, whole_year
from portal.workdays.rules.announcements import Reading, read_announcement
from portal.workdays.rules.clauses import Code, Longer
from portal.workdays.rules.notices import Kind, NoticeDay, check_notice, is_weekend, read_notice
from tests.factories.workdays import DATA, announced, day_off, make_up_day, notice

pytestmark = pytest.mark.unit

REAL = {
    entry["name"]: entry
    for entry in tomllib.loads((Path(__file__).parent / "announcements.toml").read_text("utf-8"))["notice"]
}
YEARLY = [name for name in REAL if "-" not in name]
FULL_WIDTH = str.maketrans({",": "，", ":": "：", "(": "（", ")": "）", ";": "；"})
# The seed follows the package, which does not know this make-up day of the notice for 2006.
NOT_IN_THE_PACKAGE = {date(2005, 12, 31)}


def read(name: str) -> Reading:
    """Read a real notice; of one that has only its items a person says what its title would."""
    entry = REAL[name]
    if entry.get("whole", True):
        return read_announcement(entry["text"])
    return read_announcement(entry["text"], year=int(name), amends=False)


def year_of(name: str) -> tuple[NoticeDay, ...]:
    """Return the days of a year by its notice and the amendments that followed it."""
    days = read(name).days
    for amendment in REAL:
        if amendment.startswith(f"{name}-"):
            days = whole_year(read(amendment), days)
    return days


def seeded(*years: int) -> dict[date, NoticeDay]:
    paths = [DATA / "national" / f"{year}.toml" for year in years]
    return {day.date: day for path in paths if path.exists() for day in read_notice(path.read_text("utf-8")).days}


def works(day: date, named: dict[date, NoticeDay]) -> bool:
    return named[day].kind is Kind.WORK if day in named else not is_weekend(day)


# --- Real notices -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", REAL)
def test_nothing_in_a_real_notice_is_doubtful(name):
    assert read(name).doubts == ()


@pytest.mark.parametrize("name", REAL)
def test_title_number_and_date_are_those_of_the_document(name):
    entry, reading = REAL[name], read(name)

    assert reading.document_number == entry.get("number", "")
    assert reading.announced_on == entry.get("on")
    assert reading.year == int(name[:4])
    assert reading.amends is ("-" in name)
    assert reading.title in re.sub(r"\s", "", entry["text"])
    assert bool(reading.title) is ("关于" in entry["text"][:80])


@pytest.mark.parametrize("name", YEARLY)
def test_a_real_notice_gives_the_days_that_the_product_counts_with(name):
    year = int(name)
    read_days = {day.date: day for day in year_of(name)}
    seed = seeded(year - 1, year)
    # Next year's notice settles the end of December, and of the December before this one settles what it names.
    days = [date(year, 1, 1) + n * ONE_DAY for n in range(359)] + [day for day in read_days if day.year < year]

    assert [day for day in days if works(day, read_days) is not works(day, seed)] == [
        day for day in days if day in NOT_IN_THE_PACKAGE
    ]
    both = [(read_days[day], seed[day]) for day in read_days if day in seed]
    assert [(mine, package) for mine, package in both if mine.kind is not package.kind] == []
    assert [(mine, package) for mine, package in both if package.name not in mine.name] == []


@pytest.mark.parametrize("name", YEARLY)
def test_a_real_year_can_be_taken_as_it_stands(name):
    check_notice(notice(int(name), *year_of(name)))


@pytest.mark.parametrize("name", REAL)
def test_punctuation_makes_no_difference(name):
    entry = REAL[name]
    hint = {} if entry.get("whole", True) else {"year": int(name), "amends": False}

    assert read_announcement(entry["text"].translate(FULL_WIDTH), **hint).days == read(name).days


def test_labour_day_2019_was_arranged_anew_and_nothing_else():
    before = read("2019").days
    after = whole_year(read("2019-03"), before)

    assert [(change.date.isoformat(), change.moves_dates) for change in changes(before, after)] == [
        ("2019-04-28", True),
        ("2019-05-02", True),
        ("2019-05-03", True),
        ("2019-05-04", False),
        ("2019-05-05", True),
    ]


def test_spring_festival_2020_went_on_and_cancelled_a_make_up_saturday():
    before = read("2020").days
    reading = read("2020-01")
    changed = {change.date: change for change in changes(before, whole_year(reading, before))}

    assert reading.longer == (Longer("春节", date(2020, 2, 2)),)
    assert list(changed) == [date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)]
    assert (changed[date(2020, 2, 1)].before.kind, changed[date(2020, 2, 1)].after.kind) == (Kind.WORK, Kind.OFF)


def test_a_day_of_commemoration_brings_its_own_name():
    reading = read("2015-05")

    assert {day.name for day in reading.days} == {"中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"}
    assert reading.days[-1] == NoticeDay(date(2015, 9, 6), Kind.WORK, reading.days[0].name)


# --- Constructed: every year, as a notice would put it ------------------------------------------


@pytest.mark.parametrize("year", range(2004, 2027))
def test_a_constructed_notice_is_read_as_it_was_meant(year):
    meant = [day for day in seeded(year).values() if day.date.month < 12]

    reading = read_announcement(announced(notice(year, *meant)))

    assert [(day.date, day.kind, day.name) for day in reading.days] == [(day.date, day.kind, day.name) for day in meant]
    assert {day.name_en for day in reading.days} <= {day.name_en for day in meant} | {""}
    assert [doubt for doubt in reading.doubts if doubt.code is not Code.FESTIVAL_MISSING] == []


# --- Constructed: other ways of putting it ------------------------------------------------------


def item(text: str, *, year: int = 2027) -> Reading:
    """Read one paragraph of a notice."""
    return read_announcement(f"国务院办公厅关于{year}年部分节假日安排的通知\n{text}\n")


def days_of(text: str, *, year: int = 2027) -> list[tuple[str, str]]:
    return [(day.date.isoformat()[2:], day.kind.value) for day in item(text, year=year).days]


def doubts_of(text: str, *, year: int = 2027) -> list[tuple[Code, str]]:
    whole = f"国务院办公厅关于{year}年部分节假日安排的通知\n{text}\n"
    found = read_announcement(whole).doubts
    return [(doubt.code, whole[doubt.start : doubt.end]) for doubt in found if doubt.code is not Code.FESTIVAL_MISSING]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("一、元旦：1月1日放假1天，不调休。", [("27-01-01", "off")]),
        ("一、元旦：１月１日放假一天。", [("27-01-01", "off")]),
        ("一、元旦：1月1日（周五）放假，与周末连休。", [("27-01-01", "off"), ("27-01-02", "off"), ("27-01-03", "off")]),
        (
            "一、元旦：12月31日至1月2日放假调休，共3天。",
            [("26-12-31", "off"), ("27-01-01", "off"), ("27-01-02", "off")],
        ),
        (
            "一、元旦：1月1日放假。12月27日（星期日）上班。",
            [("26-12-27", "work"), ("27-01-01", "off")],
        ),
        ("元旦：1月1日放假。", [("27-01-01", "off")]),
        ("八、教师节：9月10日放假。", [("27-09-10", "off")]),
        (
            "五、端午节：6月9-10日放假，6月12日、13日上班。",
            [("27-06-09", "off"), ("27-06-10", "off"), ("27-06-12", "work"), ("27-06-13", "work")],
        ),
        ("六、中秋：9月15号（周三）放假。", [("27-09-15", "off")]),
        ("六、中秋节：9月15日和17日放假。", [("27-09-15", "off"), ("27-09-17", "off")]),
    ],
)
def test_other_ways_of_putting_it(text, days):
    assert days_of(text) == days


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("一、元旦：1月1日（周四）放假。", [(Code.WRONG_WEEKDAY, "1月1日（周四）")]),
        ("一、元旦：1月1日至3日放假，共4天。", [(Code.WRONG_COUNT, "1月1日至3日放假，共4天")]),
        ("一、元旦：1月3日至1日放假。", [(Code.RANGE_BACKWARDS, "1月3日至1日")]),
        ("一、元旦：1月1日放假。2月30日上班。", [(Code.NO_SUCH_DAY, "2月30日"), (Code.NOT_UNDERSTOOD, "2月30日上班")]),
        ("一、元旦：1月1日放假。1月4日（周一）上班。", [(Code.WORK_WITHIN_WEEK, "1月4日（周一）")]),
        ("一、元旦：1月1日放假。1月4日（周一）起正常上班。", []),
        ("一、元旦：1月1日至3日放假。1月3日（周日）上班。", [(Code.CONTRADICTION, "1月3日（周日）")]),
        ("一、元旦：1月1日放假。1月2日另行通知。", [(Code.NOT_UNDERSTOOD, "1月2日另行通知")]),
        ("一、元旦：放假三天。", [(Code.NOT_UNDERSTOOD, "放假三天")]),
        ("一、元旦：1月1日放假，15日", [(Code.NOT_UNDERSTOOD, "15日")]),
        ("一、1月1日放假。", [(Code.NO_NAME, "1月1日放假。")]),
        ("一、元旦：1月1日放假。\n八、教师节：另行通知放假。", [(Code.NOT_UNDERSTOOD, "另行通知放假")]),
        ("五、端午节：6月9日放假。鼓励各单位安排职工在6月8日休息。", []),
    ],
)
def test_what_is_not_understood_is_shown_with_its_place(text, doubts):
    assert [doubt for doubt in doubts_of(text) if doubt[1].strip()] == doubts


def test_a_festival_that_is_not_arranged_is_missed():
    reading = item("一、元旦：1月1日放假。\n七、国庆节：10月1日至7日放假，共7天。")

    assert [doubt.what for doubt in reading.doubts] == ["春节", "清明节", "劳动节", "端午节", "中秋节"]
    assert {doubt.code for doubt in reading.doubts} == {Code.FESTIVAL_MISSING}


def test_a_text_without_a_year_names_no_day_until_a_person_says_which():
    text = "一、元旦：1月1日放假。\n七、国庆节：10月1日放假。"

    assert (read_announcement(text).days, read_announcement(text).doubts[0].code) == ((), Code.NO_YEAR)
    assert [day.date.year for day in read_announcement(text, year=2027).days] == [2027, 2027]


def test_a_person_may_say_that_a_notice_only_amends():
    text = "一、劳动节：5月1日至4日放假，共4天。"
    in_force = [day_off("2027-01-01", "元旦"), day_off("2027-05-01", "劳动节"), make_up_day("2027-05-08", "劳动节")]

    amending = whole_year(read_announcement(text, year=2027, amends=True), in_force)
    yearly = whole_year(read_announcement(text, year=2027, amends=False), in_force)
    assert [day.date.isoformat() for day in amending] == [
        "2027-01-01",
        "2027-05-01",
        "2027-05-02",
        "2027-05-03",
        "2027-05-04",
    ]
    assert len(yearly) == 4


def test_a_festival_that_is_not_in_force_cannot_go_on():
    reading = read_announcement("国务院办公厅关于延长2027年春节假期的通知\n一、延长2027年春节假期至2月14日。")

    assert reading.longer
    assert whole_year(reading, [day_off("2027-01-01", "元旦")]) == (day_off("2027-01-01", "元旦"),)


FRAGMENTS = st.sampled_from(
    [
        "国务院办公厅关于2027年部分节假日安排的通知\n", "国办发明电〔2026〕9号\n", "一、元旦：", "二、春节:", "“十一”：",
        "1月1日", "12月31日（周四）", "31日", "2月29日", "9999年12月31日", "2月", "至", "、", "—", "和", "，共3天", "共九十天",
        "放假", "放假调休", "上班", "补休", "公休日调至", "照常公休", "为法定节假日", "与周末连休", "延长春节假期至",
        "。", "，", "\n", "（", "）", "二〇二六年十一月四日", "2026年11月4日\n", "鼓励", "x", "\ue000", "\0",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_whatever_is_pasted_is_read_without_an_error_and_doubts_lie_within_it(text):
    reading = read_announcement(text)

    assert all(0 <= doubt.start <= doubt.end <= len(text) for doubt in reading.doubts)
    assert len({day.date for day in reading.days}) == len(reading.days)
    whole_year(reading, [day_off("2027-02-06", "春节")])


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text):
    assert read_announcement(text, year=2027).year == 2027
