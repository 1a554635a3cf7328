"""Rich text as Wagtail keeps it: its plain words, its links to our own pages and files, its pictures."""

import html
import re
from html.parser import HTMLParser

TAG = re.compile(r"<[^>]+>")
BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|th|tr|blockquote)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)


def plain(rich_text: str) -> str:
    """Return the words of a rich text, a line for each paragraph and item."""
    return html.unescape(TAG.sub("", BLOCK_END.sub("\n", rich_text))).strip()


class Marks(HTMLParser):
    """Links and pictures of a rich text as Wagtail keeps it: ``<a linktype="page" id="3">``, ``<embed … alt="">``."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[bool, int | None, str]] = []
        self.pictures_without_words = 0
        self._open: tuple[bool, int | None] | None = None
        self._words = ""

    @classmethod
    def of(cls, rich_text: str | None) -> "Marks":
        """Read a rich text."""
        marks = cls()
        marks.feed(rich_text or "")
        return marks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link of ours, and a picture that says nothing."""
        found = dict(attrs)
        if tag == "a" and (found.get("linktype") in {"page", "document"} or not found.get("href")):
            number = found.get("id") or ""
            self._open = found.get("linktype") == "document", int(number) if number.isdigit() else None
            self._words = ""
        if tag == "embed" and found.get("embedtype") == "image" and not (found.get("alt") or "").strip():
            self.pictures_without_words += 1

    def handle_data(self, data: str) -> None:
        """Keep the words of a link."""
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        """Close a link."""
        if tag == "a" and self._open:
            self.links.append((*self._open, self._words))
            self._open = None
