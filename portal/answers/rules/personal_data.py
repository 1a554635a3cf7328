"""Mark what looks like personal data in Chinese text, for the editor who decides.

The marker only points; a person redacts. It prefers a false alarm to a miss.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A span of the text, as Python indices, and what it looks like."""

    start: int
    end: int
    kind: str


_DIGIT = r"[0-9０-９]"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("identity_number", re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{17}}[0-9０-９Xx](?!{_DIGIT})")),
    (
        "bank_card",
        re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{4}}(?:[ -]?{_DIGIT}{{4}}){{3}}(?:[ -]?{_DIGIT}{{1,3}})?(?!{_DIGIT})"),
    ),
    ("mobile", re.compile(rf"(?<!{_DIGIT})(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!{_DIGIT})")),
    ("telephone", re.compile(rf"(?<!{_DIGIT})0\d{{2,3}}[ -]?\d{{7,8}}(?!{_DIGIT})")),
    ("email", re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")),
    (
        "plate",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
        ),
    ),
    (
        "address",
        re.compile(
            r"(?:[\u4e00-\u9fff]{1,12}(?:小区|公寓|花园|新村|苑|路|街|巷|弄))?\d{1,4}(?:号楼|幢|栋|号|弄)(?:\d{1,3}单元)?\d{1,4}(?:室|号|户)"
        ),
    ),
    (
        "name",
        re.compile(
            r"(?:我叫|姓名[:：]?|本人)[\u4e00-\u9fff]{2,3}(?=[，,。；;、\s]|$)|[\u4e00-\u9fff](?:先生|女士|老师|医生|校长|主任)"
        ),
    ),
)


def marks(text: str) -> list[Mark]:
    """Return the marked spans in order; where two overlap, the one found by the stricter pattern."""
    found: list[Mark] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= mark.start or match.start() >= mark.end for mark in found):
                found.append(Mark(match.start(), match.end(), kind))
    return sorted(found, key=lambda mark: mark.start)
