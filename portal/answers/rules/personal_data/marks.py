"""A marked span, and the text in a form in which patterns need not know every way of writing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A span of the text, as Python indices, and what it looks like."""

    start: int
    end: int
    kind: str


# Full-width forms stand 0xFEE0 above ASCII; dashes and blanks come in more shapes than one.
_LEVEL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(char): ord(plain) for plain, chars in (("-", "‐‑‒–—－"), (" ", "\u3000\xa0\t"), (".", "·•．")) for char in chars
}


def level(text: str) -> str:
    """Return `text` with full-width forms, dashes and blanks as ASCII, character for character.

    Positions in it are positions in `text`.
    """
    return text.translate(_LEVEL)


def follows(flat: str, start: int, cues: tuple[str, ...], reach: int) -> bool:
    """Tell whether one of `cues` stands within `reach` characters before `start`."""
    before = flat[max(0, start - reach) : start]
    return any(cue in before for cue in cues)
