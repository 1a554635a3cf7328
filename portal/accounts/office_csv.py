"""Reading a list of offices from a CSV file: every fault with its line, in the reader's language."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.accounts.rules.tree import LEVELS, may_stand_below

REQUIRED = ("code", "name", "level")
# What the public reads of an office, as its table has it; a column that the file lacks leaves it alone.
TEXTS = ("name_en", "phone", "address", "address_en", "hours", "hours_en", "remit", "remit_en")
COLUMNS = (*REQUIRED, "parent", "is_centre", "takes_questions", *TEXTS)
LONGEST = {
    "code": 40,
    "name": 80,
    "name_en": 120,
    "phone": 30,
    "address": 120,
    "address_en": 200,
    "hours": 120,
    "hours_en": 160,
    "remit": 500,
    "remit_en": 1000,
}
_CODE = re.compile(r"[-a-zA-Z0-9_]+")
_LEVEL_NAMES = {"市级": "city", "区县级": "county", "镇街级": "township", "社区": "community"}
_TRUE, _FALSE = {"1", "true", "yes", "y", "是"}, {"0", "false", "no", "n", "否"}


@dataclass(frozen=True)
class OfficeRow:
    """A line of the file. parent: code of the office above, or ""; None: the cell is empty.

    texts: by column, those that the file has.
    """

    line: int
    code: str
    name: str
    level: str
    parent: str
    texts: Mapping[str, str]
    is_centre: bool | None
    takes_questions: bool | None


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line; line 1 is the heading."""

    line: int
    text: str


class Unreadable(ValueError):
    """Raised when the bytes are no text we know."""


def decode(content: bytes) -> str:
    """Return the file's text: UTF-8, or GB 18030 as spreadsheets in China save it. Raises Unreadable."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable


def read(text: str, known: Mapping[str, str]) -> tuple[list[OfficeRow], list[Fault]]:
    """Return the rows, parents before children, and everything that is wrong with them.

    known: code → level of the offices that exist already, which may be named as parents.
    """
    lines = csv.DictReader(io.StringIO(text))
    heading = [name.strip() for name in lines.fieldnames or ()]
    missing, strange = set(REQUIRED) - set(heading), set(heading) - set(COLUMNS)
    if missing or strange:
        texts = [_("缺少列：%s") % ", ".join(sorted(missing))] if missing else []
        texts += [_("不认识的列：%s") % ", ".join(sorted(strange))] if strange else []
        return [], [Fault(1, sentence) for sentence in texts]
    lines.fieldnames = heading
    rows, faults = [], []
    for cells in lines:
        row, wrong = _row(lines.line_num, cells)
        rows.append(row)
        faults += wrong
    faults += _tree_faults(rows, known)
    return _parents_first(rows), sorted(faults, key=lambda fault: fault.line)


def _row(line: int, cells: Mapping[str | None, str | list[str] | None]) -> tuple[OfficeRow, list[Fault]]:
    faults = [Fault(line, _("列数比表头多"))] if None in cells else []
    given = {name: str(cells.get(name) or "").strip() for name in COLUMNS}
    faults += [Fault(line, _("%s 不能为空") % name) for name in REQUIRED if not given[name]]
    for name, longest in LONGEST.items():
        if len(given[name]) > longest:
            faults.append(Fault(line, _("%(column)s 超过 %(longest)d 个字") % {"column": name, "longest": longest}))
    if given["code"] and not _CODE.fullmatch(given["code"]):
        faults.append(Fault(line, _("code 只能用字母、数字、连字符和下划线：%s") % given["code"]))
    level = _LEVEL_NAMES.get(given["level"], given["level"].lower())
    if level and level not in LEVELS:
        faults.append(Fault(line, _("level 应为 %(levels)s：%(given)s") % {"levels": "/".join(LEVELS), "given": level}))
    flags = {}
    for name in ("is_centre", "takes_questions"):
        flags[name], understood = _flag(given[name])
        if not understood:
            faults.append(
                Fault(line, _("%(column)s 应为 是 或 否：%(given)s") % {"column": name, "given": given[name]})
            )
    if level == "community" and flags["takes_questions"]:
        faults.append(Fault(line, _("社区不设网上发言人，takes_questions 应为 否")))
    row = OfficeRow(
        line=line,
        code=given["code"],
        name=given["name"],
        level=level,
        parent=given["parent"],
        texts={name: given[name] for name in TEXTS if name in cells},
        is_centre=flags["is_centre"],
        takes_questions=flags["takes_questions"],
    )
    return row, faults


def _flag(text: str) -> tuple[bool | None, bool]:
    """Return the value and whether it was understood."""
    word = text.lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE, True
    return None, not word


def _tree_faults(rows: list[OfficeRow], known: Mapping[str, str]) -> Iterable[Fault]:
    first: dict[str, OfficeRow] = {}
    for row in rows:
        if row.code in first:
            yield Fault(
                row.line, _("code %(code)s 与第 %(line)d 行重复") % {"code": row.code, "line": first[row.code].line}
            )
        first.setdefault(row.code, row)
    levels = dict(known) | {row.code: row.level for row in rows}
    for row in rows:
        if not row.parent:
            continue
        if row.parent not in levels:
            yield Fault(row.line, _("找不到上级单位：%s") % row.parent)
        elif _goes_round(row, first):
            yield Fault(row.line, _("上级关系成环：%s") % row.parent)
        elif {row.level, levels[row.parent]} <= set(LEVELS) and not may_stand_below(row.level, levels[row.parent]):
            yield Fault(row.line, _("层级不能高于上级单位 %s") % row.parent)


def _goes_round(row: OfficeRow, rows: Mapping[str, OfficeRow]) -> bool:
    seen, code = {row.code}, row.parent
    while code in rows:
        if code in seen:
            return True
        seen.add(code)
        code = rows[code].parent
    return False


def _parents_first(rows: list[OfficeRow]) -> list[OfficeRow]:
    """Order the rows so that each comes after its parent; a row in a circle keeps its place."""
    by_code = {row.code: row for row in rows}
    ordered: dict[int, OfficeRow] = {}
    for row in rows:
        chain: list[OfficeRow] = []
        step: OfficeRow | None = row
        while step is not None and step.line not in ordered and step not in chain:
            chain.append(step)
            step = by_code.get(step.parent)
        ordered |= {member.line: member for member in reversed(chain)}
    return list(ordered.values())
