"""Names that something announces: a title behind, a role or "我叫" before, a letter's closing.

Chinese names have no capitals, and many surnames begin ordinary words (高中, 方便, 马路). A name is
taken only where it is announced, begins with a known surname and does not begin such a word.
"""

import re
from collections.abc import Iterator

from portal.answers.rules.personal_data.marks import Mark
from portal.answers.rules.personal_data.surnames import COMPOUND, NOT_NAMES, SINGLE, WORDS_ENDING_LIKE_SURNAMES

_TITLE = re.compile(
    r"先生|女士|小姐|老师|医生|大夫|校长|园长|院长|主任|书记|局长|科长|处长|所长|站长|队长|村长|镇长|乡长|"
    r"经理|老板|师傅|阿姨|叔叔|大爷|大妈|大伯|大娘|大叔|大哥|大姐|奶奶|爷爷|伯伯|婆婆|警官|律师|教授|法官|护士|会计|同志|教练"
)
_ROLE = re.compile(
    r"(?:(?:我|他|她|名字|孩子|儿子|女儿|负责人|老板|的人)叫|姓名|名字|户名|签名|落款|"
    r"(?:联系|收件|申请|投诉|反映|举报|来信|经办|负责|承租|出租|当事|受害|代理|委托|监护|责任|介绍|证明|死|伤)[人者]|法定代表人|法人|户主|"
    r"房东|租客|老板|经理|班主任|主任|书记|校长|老师|医生|护士|护工|司机|车主|包工头|村民|居民|业主|老人|患者|同学|家长|邻居|当事人|职工|员工|"
    r"丈夫|妻子|老公|老婆|爱人|老伴|儿子|女儿|孩子|母亲|父亲|妈妈|爸爸|爷爷|奶奶|外公|外婆|"
    r"(?:表|堂)?(?:哥哥|哥|姐姐|姐|弟弟|弟|妹妹|妹)|儿媳|女婿|孙子|孙女|舅舅|姑姑|叔叔|我是|本人)[ :是为叫]{0,2}"
)
_CLOSING = re.compile(r"敬礼[ !。\n]{0,4}")
_SIGNED = re.compile(r"敬上|敬启|谨上|谨启")
_ANONYMISED = re.compile(rf"(?:{'|'.join(sorted(COMPOUND))}|[{SINGLE}])某{{1,2}}(?![人些个种项条件地处时日天月年])")
# What stands behind a name, not in it.
_NEVER_IN_NAMES = frozenset(
    "的了是在不没已也说把被和与因从有个这那要到去来上下都就又还等为给向对让跟我你他她它们吗呢吧啊以及其并而且或将可能会很太请打给拖欠读"
)
_INSTITUTION = frozenset("学校院局镇村区路县市厅部委组社店厂司队位个名当业务室工科班办公所站")


def names(flat: str) -> Iterator[Mark]:
    """Find names with a title behind them, with a role or other cue before them, and in closings."""
    for match in _TITLE.finditer(flat):
        start = _before_title(flat, match.start())
        if start is not None:
            yield Mark(start, match.end(), "name")
    for match in _ANONYMISED.finditer(flat):
        yield Mark(match.start(), match.end(), "name")
    for cue in (_ROLE, _CLOSING):
        for match in cue.finditer(flat):
            end = _name_at(flat, match.end())
            if end is not None:
                yield Mark(match.end(), end, "name")
    for match in _SIGNED.finditer(flat):
        for length in (4, 3, 2):
            start = match.start() - length
            if start >= 0 and _name_at(flat, start) == match.start():
                yield Mark(start, match.start(), "name")
                break


def _surname_at(flat: str, start: int) -> int:
    """Return the length of the surname that begins at `start`; 0 where none does."""
    if flat[start : start + 2] in COMPOUND:
        return 2
    return int(flat[start : start + 1] in SINGLE and start < len(flat))


def _before_title(flat: str, title: int) -> int | None:
    """Return where the name in front of a title begins: a surname, or surname and given name."""
    for length in (4, 3, 2, 1):
        start = title - length
        if start < 0:
            continue
        surname = _surname_at(flat, start)
        given = flat[start + surname : title]
        if not surname or len(given) > 2 or (length > 1 and surname == 1 and flat[start:title] in COMPOUND):
            continue
        if _is_word(flat, start) or (given and not _can_be_given(given)):
            continue
        if length == 1 and flat[start : start + 2] in NOT_NAMES:
            continue
        return start
    return None


def _can_be_given(given: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" and char not in _NEVER_IN_NAMES | _INSTITUTION for char in given)


def _is_word(flat: str, start: int) -> bool:
    """Tell whether the character at `start` belongs to an ordinary word, with the one before or the one behind."""
    return flat[max(0, start - 1) : start + 1] in WORDS_ENDING_LIKE_SURNAMES or flat[start : start + 2] in NOT_NAMES


def _name_at(flat: str, start: int) -> int | None:
    """Return where the name that begins at `start` ends; None where none begins.

    Of two possible ends the one before punctuation is taken, then the one before a word that
    follows names, then the longer: an editor is better served by one character too many.
    """
    surname = _surname_at(flat, start)
    if not surname or _is_word(flat, start):
        return None
    ends = [
        start + surname + given
        for given in (2, 1)
        if start + surname + given <= len(flat) and _is_given(flat[start + surname : start + surname + given])
    ]
    for end in ends:
        if not flat[end : end + 1].strip() or not "\u4e00" <= flat[end] <= "\u9fff":
            return end
    for end in ends:
        if flat[end] in _NEVER_IN_NAMES:
            return end
    return ends[0] if ends else None


def _is_given(given: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" and char not in _NEVER_IN_NAMES for char in given)
