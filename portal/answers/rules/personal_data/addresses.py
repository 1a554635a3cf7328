"""Where somebody lives. Streets, estates and public doors are named freely in questions; homes are not.

First the numbered part is found ("3幢2单元501室"), then the name before it, then it is judged:
a room is a home unless a public office stands before it; a door in a street is one only if the
text says so ("我家住…"), because offices, shops and bus stops have doors, too.
"""

import re
from collections.abc import Iterator

from portal.answers.rules.personal_data.marks import Mark

_NUMBER = r"(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})"
_NUMBERED = re.compile(
    rf"(?<![0-9.])(?:{_NUMBER} ?(?:号楼|幢楼|幢|栋|座|单元|弄|号|组|楼|室|房) ?){{1,6}}"
    r"(?:[0-9]{3,4} ?(?:室|房)?(?![0-9.年月日元米人户个号路窗次]))?"
)
_NAMED = re.compile(r"(?:小区|公寓|花园|花苑|家园|新村|大道|[路街巷弄里坊苑村组浜庭府])$")
_STREET = re.compile(r"(?:大道|[路街巷弄里坊])$")
_VILLAGE = re.compile(r"[村组浜]$")
# The name reaches back to one of these, or to what is no Chinese character.
_BEFORE_NAME = re.compile(
    r".*(?:住址|住在|家住|租住|现居|居住|坐落|户籍地|门牌|地址|位于|寄到|送到|我家|家在|在|住|到|是|于|的|了|们)"
)
_HOME = re.compile(r"(?:住|我家|家在|门牌|坐落|户籍|寄到)")
_PUBLIC = re.compile(
    r"中心|政府|大厅|机关|局|派出所|所|医院|学校|[小中大]学|图书馆|宫|馆|[车菜商市]场|车站|站|街道办|行政|法院|银行|信访|窗口"
)
LONGEST_NAME = 16


def addresses(flat: str) -> Iterator[Mark]:
    """Find homes."""
    for match in _NUMBERED.finditer(flat):
        numbered = match[0].rstrip()
        start = _start_of_name(flat, match.start())
        name = flat[start : match.start()].rstrip()
        before = _clause_before(flat, start)
        if _is_home(numbered, name, before, flat[match.end() : match.end() + 6]):
            yield Mark(start, match.start() + len(numbered), "address")


def _is_home(numbered: str, name: str, before: str, after: str) -> bool:
    says_home = bool(_HOME.search(before[-8:]))
    is_public = bool(_PUBLIC.search(before[-12:] + name))
    if _has_room(numbered):
        return says_home or not is_public
    if "号" not in numbered.replace("号楼", ""):
        return False
    if _VILLAGE.search(name):
        return says_home or not is_public
    if "弄" in numbered and _STREET.search(name):
        return says_home or not is_public
    return bool(_NAMED.search(name)) and says_home and not is_public


def _has_room(numbered: str) -> bool:
    """Tell whether a room stands behind a building, a unit or a door."""
    if numbered[-1] in "室房":
        return bool(re.search(r"[幢栋座元弄号楼]", numbered[:-1]))
    return numbered[-1].isdigit() and bool(re.search(r"[幢栋座元楼]", numbered))


def _start_of_name(flat: str, end: int) -> int:
    """Return where the name before the numbers begins; `end` where there is none."""
    stretch = re.search(rf"[\u4e00-\u9fff]{{1,{LONGEST_NAME}}} ?$", flat[max(0, end - LONGEST_NAME - 1) : end])
    if stretch is None:
        return end
    words = stretch[0]
    cut = _BEFORE_NAME.match(words)
    name = words[cut.end() :] if cut else words
    return end - len(name) if _NAMED.search(name.rstrip()) else end


def _clause_before(flat: str, start: int) -> str:
    """Return what stands before `start`; a colon announces, other punctuation ends the thought."""
    before = flat[max(0, start - 16) : start]
    return re.split(r"[,。;!?\n]", before)[-1]
