"""Write the seed of the working calendar: ``portal/workdays/data/{national,provisional}/<year>.toml``.

Announced years come from chinesecalendar, the years to come from the lunar tables of holidays:
the statutory days off only, without the days that a notice may give in their place. Both are
development dependencies: at run time only the files are read, once, by the first migration.

    python scripts/calendar_data.py            writes the files
    python scripts/calendar_data.py --check    says whether they are what it would write
"""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import chinese_calendar
import holidays
from chinese_calendar import constants

DATA = Path(__file__).resolve().parent.parent / "portal" / "workdays" / "data"
ANNOUNCED = range(2004, 2027)
PROVISIONAL = range(2027, 2041)
PACKAGE = f"chinesecalendar {chinese_calendar.__version__}"

NAMES = {
    "New Year's Day": ("元旦", "New Year's Day"),
    "Spring Festival": ("春节", "Spring Festival"),
    "Tomb-sweeping Day": ("清明节", "Qingming Festival"),
    "Labour Day": ("劳动节", "Labour Day"),
    "Dragon Boat Festival": ("端午节", "Dragon Boat Festival"),
    "National Day": ("国庆节", "National Day"),
    "Mid-autumn Festival": ("中秋节", "Mid-Autumn Festival"),
    "Anti-Fascist 70th Day": (
        "抗日战争暨世界反法西斯战争胜利70周年纪念日",
        "70th anniversary of the victory over Japan and fascism",
    ),
}
STATUTORY = {
    "元旦": "New Year's Day",
    "农历除夕": "Lunar New Year's Eve",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "国庆节": "National Day",
    "中秋节": "Mid-Autumn Festival",
}

# Only what was read in the notices themselves; a number that was not seen is not written.
NOTICES: dict[int, dict[str, str | date]] = {
    2025: {
        "source": "国务院办公厅关于2025年部分节假日安排的通知",
        "source_en": "Notice of the General Office of the State Council on holidays in 2025",
        "document_number": "国办发明电〔2024〕12号",
        "announced_on": date(2024, 11, 12),
        "address": "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm",
    },
    2026: {
        "source": "国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日，文号未核实）",
        "source_en": "Notice of the General Office of the State Council on holidays in 2026"
        " (4 November 2025, notice number not verified)",
        "announced_on": date(2025, 11, 4),
        "address": "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
    },
}
NOT_VERIFIED: dict[str, str | date] = {
    "source": f"{PACKAGE}，通知未核实",
    "source_en": f"{PACKAGE}, notice not verified",
}
STATUTE: dict[str, str | date] = {
    "source": "《全国年节及纪念日放假办法》（国务院令第795号修订）法定假日，当年放假安排尚未公布",
    "source_en": "Statutory days off under the Regulation on Public Holidays (as amended by State Council"
    " Decree No. 795); the arrangement for the year has not been announced",
}

Day = tuple[date, str, str, str]


def announced_days(year: int) -> Iterator[Day]:
    """Yield what chinesecalendar knows of a year: every day off of a festival, every make-up day."""
    table = [(day, "off", name) for day, name in constants.holidays.items()]
    table += [(day, "work", name) for day, name in constants.workdays.items()]
    for day, kind, name in sorted(table):
        if day.year == year:
            yield day, kind, *NAMES[name]


def statutory_days(year: int) -> Iterator[Day]:
    """Yield the days off that the regulation itself fixes. Two festivals may fall on one day (2031-10-01)."""
    for day, label in sorted(holidays.country_holidays("CN", years=year, language="zh_CN").items()):
        names = [name for name in label.split("; ") if name in STATUTORY]
        if names:
            yield day, "off", "、".join(names), ", ".join(STATUTORY[name] for name in names)


def notice(year: int, source: dict[str, str | date], days: Iterator[Day]) -> str:
    """Return a notice in the format that `portal.workdays.rules.notices.read_notice` reads."""
    entries: dict[str, str | int | date] = {"layer": "national", "year": year, **source}
    lines = [f"{key} = {_toml(value)}" for key, value in entries.items()]
    lines += ["days = ["]
    lines += [
        f"  {{ date = {day}, kind = {_toml(kind)}, name = {_toml(name)}, name_en = {_toml(name_en)} }},"
        for day, kind, name, name_en in days
    ]
    return "\n".join([*lines, "]", ""])


def _toml(value: str | int | date) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def files() -> dict[Path, str]:
    """Return every file of the seed with its content."""
    announced = {
        DATA / "national" / f"{year}.toml": notice(year, NOTICES.get(year, NOT_VERIFIED), announced_days(year))
        for year in ANNOUNCED
    }
    provisional = {
        DATA / "provisional" / f"{year}.toml": notice(year, STATUTE, statutory_days(year)) for year in PROVISIONAL
    }
    return announced | provisional


def main(arguments: list[str]) -> int:
    """Write or compare the files; return the exit status."""
    if "--check" in arguments:
        stale = [path for path, text in files().items() if not path.exists() or path.read_text("utf-8") != text]
        print("\n".join(f"{path} is not what the packages say" for path in stale))
        return 1 if stale else 0
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
