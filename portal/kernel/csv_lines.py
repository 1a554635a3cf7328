"""Lines of a CSV file that a spreadsheet program opens without running anything in it."""

import csv
from collections.abc import Iterable, Iterator

# Excel knows UTF-8 by it only.
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """Return the cell so that it is read as text: one that looks like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA) else cell


def lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the file line by line, byte order mark first; holds one row at a time."""
    yield BYTE_ORDER_MARK
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


class _Echo:
    """Gives back what csv would write into a file."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
