"""The bodies of the demo's articles, read from the few marks that `news.toml` explains."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

Block = dict[str, Any]


def blocks(text: str, picture: Callable[[str], int]) -> Iterator[Block]:
    """Yield the blocks of a text as a StreamField stores them. picture: returns the id of a drawn picture by its name."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    for mark, found in groupby(lines, key=_mark):
        yield from _block(mark, [line[len(mark) :].strip() for line in found], picture)


def _mark(line: str) -> str:
    return next((mark for mark in ("|", "#", ">", "!", "-", "=", "@") if line.startswith(mark)), "")


def _block(mark: str, lines: list[str], picture: Callable[[str], int]) -> Iterator[Block]:
    if mark == "":
        yield _of("paragraph", "".join(f"<p>{line}</p>" for line in lines))
    elif mark == "-":
        yield _of("paragraph", "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
    elif mark == "=":
        facts = [dict(zip(("label", "text"), _parts(line), strict=True)) for line in lines]
        yield _of("facts", {"title": "", "facts": facts})
    elif mark == "|":
        yield _of("table", _table(lines))
    else:
        for line in lines:
            yield _single(mark, line, picture)


def _single(mark: str, line: str, picture: Callable[[str], int]) -> Block:
    if mark == "#":
        return _of("heading", {"text": line, "level": "2"})
    if mark == ">":
        words, _dash, who = line.rpartition(" — ")
        return _of("quotation", {"text": words, "who": who})
    if mark == "!":
        title, words = _parts(line)
        return _of("box", {"tone": "info", "title": title, "text": f"<p>{words}</p>"})
    name, shown, caption = _parts(line)
    image = {"image": picture(name), "alt_text": shown, "decorative": False}
    return _of("picture", {"picture": image, "caption": caption})


def _table(lines: list[str]) -> dict[str, Any]:
    caption, head, *rows = lines
    headings = _parts(head)
    return {
        "caption": caption.removeprefix("=").strip(),
        "table": {
            "columns": [
                {"type": "number" if column else "text", "heading": heading} for column, heading in enumerate(headings)
            ],
            "rows": [
                {"values": [cell if not column else int(cell) for column, cell in enumerate(_parts(row))]}
                for row in rows
            ],
            "caption": "",
        },
    }


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def _of(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value}
