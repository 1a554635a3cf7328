"""How often the marker of personal data is right, by kind: python -m benchmarks.personal_data

--misses lists what it got wrong in the tuning set; the held-out set is for measuring only.
"""

import sys

from tests.portal.answers.personal_data.measure import Score, load, measure, misses


def main(arguments: list[str]) -> None:
    """Print the tables of both sets."""
    for split in ("tuning", "held_out"):
        sentences = load(split)
        print(f"\n{split}: {len(sentences)} sentences, {sum(not s.marks for s in sentences)} of them without any\n")
        print("| kind | labelled | precision | recall |\n|---|---:|---:|---:|")
        for kind, score in measure(sentences).items():
            print(row(kind, score))
    if "--misses" in arguments:
        print("\n" + "\n".join(misses(load("tuning"))))


def row(kind: str, score: Score) -> str:
    """Return one line of the table."""
    return f"| {kind} | {score.labelled} | {score.precision:.1%} | {score.recall:.1%} |"


if __name__ == "__main__":
    main(sys.argv[1:])
