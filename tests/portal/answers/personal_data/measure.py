"""Count how often the marker is right on labelled sentences.

All sentences are invented for this purpose in the manner of residents' letters; no person, number
or home in them is real. A label counts as found when one mark of its kind covers all of it; a
mark counts as right when it touches a label of its kind: an editor is served by a mark that is a
character too long, not by one that is a digit too short.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.answers.rules.personal_data import Mark, marks

HERE = Path(__file__).parent
KINDS = ("identity_number", "bank_card", "mobile", "telephone", "email", "account", "plate", "address", "name")


@dataclass(frozen=True)
class Sentence:
    """A sentence with the marks that it ought to get."""

    text: str
    marks: tuple[Mark, ...]


@dataclass
class Score:
    """What was labelled, what of it was found; what was marked, what of it was right."""

    labelled: int = 0
    found: int = 0
    marked: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of marks that are right; 1 where there are none."""
        return self.right / self.marked if self.marked else 1.0

    @property
    def recall(self) -> float:
        """The share of labels that are found; 1 where there are none."""
        return self.found / self.labelled if self.labelled else 1.0

    def add(self, expected: Sequence[Mark], actual: Sequence[Mark]) -> None:
        """Count one sentence."""
        self.labelled += len(expected)
        self.found += sum(any(_covers(mark, label) for mark in actual) for label in expected)
        self.marked += len(actual)
        self.right += sum(any(_touches(mark, label) for label in expected) for mark in actual)


def load(split: str) -> list[Sentence]:
    """Return the sentences of "tuning" or "held_out"."""
    lines = (HERE / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_sentence(json.loads(line)) for line in lines]


def measure(sentences: Sequence[Sentence]) -> dict[str, Score]:
    """Return a score for each kind, and one for all of them together."""
    scores = {kind: Score() for kind in (*KINDS, "all")}
    for sentence in sentences:
        actual = marks(sentence.text)
        for kind in KINDS:
            expected_here = [mark for mark in sentence.marks if mark.kind == kind]
            actual_here = [mark for mark in actual if mark.kind == kind]
            for score in (scores[kind], scores["all"]):
                score.add(expected_here, actual_here)
    return scores


def misses(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Say what was missed and what was marked without cause, sentence by sentence."""
    for sentence in sentences:
        actual = marks(sentence.text)
        for label in sentence.marks:
            if not any(_covers(mark, label) and mark.kind == label.kind for mark in actual):
                yield f"missed {label.kind} {sentence.text[label.start : label.end]!r} in {sentence.text}"
        for mark in actual:
            if not any(_touches(mark, label) and mark.kind == label.kind for label in sentence.marks):
                yield f"false {mark.kind} {sentence.text[mark.start : mark.end]!r} in {sentence.text}"


def _sentence(written: dict[str, object]) -> Sentence:
    text, position, labels = str(written["text"]), 0, []
    for kind, part in written["marks"]:  # type: ignore[attr-defined]
        start = text.index(part, position)
        position = start + len(part)
        labels.append(Mark(start, position, kind))
    return Sentence(text, tuple(labels))


def _covers(mark: Mark, label: Mark) -> bool:
    return mark.start <= label.start and mark.end >= label.end


def _touches(mark: Mark, label: Mark) -> bool:
    return mark.start < label.end and label.start < mark.end
