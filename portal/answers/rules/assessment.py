"""The satisfaction half of an office's yearly assessment, from counts that are public, so that anybody can work it out.

Askers who rate are counted as they said. Of the others some were drawn by lot and called; what those said
stands for all who did not rate. That is the classical answer to who does not reply by himself
(M. H. Hansen, W. N. Hurwitz, "The problem of non-response in sample surveys", JASA 41, 1946): an office
gains nothing by having only its content askers click, and loses nothing by those who click in anger.
"""

from dataclasses import dataclass
from fractions import Fraction

NO_ANSWERS, TOO_FEW, NOBODY_REACHED = "no_answers", "too_few", "nobody_reached"


@dataclass(frozen=True)
class Inputs:
    """What the points follow from. satisfied, satisfied_by_call: verdicts with four or five points of five."""

    answers: int
    rated: int
    satisfied: int
    reached: int
    satisfied_by_call: int


@dataclass(frozen=True)
class Assessment:
    """The share of all answers that is taken to be satisfactory, and the points. why_not: a code where there are none."""

    share: Fraction | None
    points: Fraction | None
    why_not: str = ""


def assess(inputs: Inputs, *, points_of: int, verdicts_from: int) -> Assessment:
    """Return the satisfaction half: ``points_of * (satisfied + unrated * satisfied_by_call / reached) / answers``.

    points_of: what the half is worth. verdicts_from: how many verdicts of both sources there must be; with
    fewer a single one would decide. None is given either where somebody did not rate and nobody was reached.
    """
    unrated = inputs.answers - inputs.rated
    if not inputs.answers:
        return Assessment(None, None, NO_ANSWERS)
    if inputs.rated + inputs.reached < verdicts_from:
        return Assessment(None, None, TOO_FEW)
    if unrated and not inputs.reached:
        return Assessment(None, None, NOBODY_REACHED)
    others = Fraction(inputs.satisfied_by_call, inputs.reached) * unrated if unrated else Fraction(0)
    share = (inputs.satisfied + others) / inputs.answers
    return Assessment(share, share * points_of)


def rounded(value: Fraction, digits: int) -> str:
    """Return a number that is not negative with so many decimals, rounded half up like a calculator."""
    scaled = int(value * 10**digits + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}d}"
