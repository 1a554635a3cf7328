"""Canned passages: texts an office uses again and again, with variables in braces that the question fills in.

The list of variables is closed, so that a misspelt one is found when the passage is written, not when
a resident reads it. Full-width braces count as well: a Chinese keyboard gives those.
"""

import re
from collections.abc import Iterable, Mapping

# What stands for something that only the writer knows: never filled in by us.
BLANK = "待填"
VARIABLES = ("编号", "标题", "主题", "称呼", "单位", "单位电话", "提交日期", "答复期限", "今天", BLANK)
# What is true of one asker only: in an answer to several it would tell one of them about another.
OF_ONE_ASKER = ("称呼", "编号", "标题", "提交日期", "答复期限")
# A name of one character stands in any text.
SHORTEST_NAME = 2

_OPEN, _CLOSE = "{｛", "}｝"
_VARIABLE = re.compile(rf"[{_OPEN}]\s*({'|'.join(VARIABLES)})\s*[{_CLOSE}]")
# Whatever has to do with a brace: a pair with anything inside, or one that stands alone.
_BRACED = re.compile(rf"[{_OPEN}][^{_OPEN}{_CLOSE}\n]*[{_CLOSE}]?|[{_CLOSE}]")


def unknown(text: str) -> list[str]:
    """Return what stands in braces, or is a brace, and is no variable; each once, in order."""
    pieces = dict.fromkeys(_BRACED.findall(text))
    return [piece for piece in pieces if not _VARIABLE.fullmatch(piece)]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in. A variable without one stays as it is, for the writer to see."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], text)


def unfilled(text: str) -> list[str]:
    """Return the variables that still stand in a draft, each once, in order. Other braces are the writer's own."""
    return list(dict.fromkeys(f"{{{name}}}" for name in _VARIABLE.findall(text)))


def named(text: str, nicknames: Iterable[str]) -> list[str]:
    """Return those of `nicknames` that stand in a draft, each once, in order."""
    return [name for name in dict.fromkeys(nicknames) if len(name) >= SHORTEST_NAME and name in text]
