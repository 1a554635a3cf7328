"""Keep the message catalogues: ``portal/<app>/locale/en/LC_MESSAGES/django.po``, one per app.

The ids are Chinese, the language on screen, so only the English catalogues exist. Beside them stands
``locale/zh_Hans``, kept by hand: the libraries' texts that they have not translated, or not in our words. Works without
system gettext: Python is read by its syntax tree, templates by Django's own reader.

    python scripts/messages.py extract [portal/answers …]   add missing ids, drop unused ones, sort
    python scripts/messages.py check   [portal/answers …]   say what is missing, unused or unfit; exit 1
    python scripts/messages.py compile                      write the .mo files that are older than their .po
"""

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib
from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, templatize

ROOT = Path(__file__).resolve().parent.parent
# Packages of apps, and apps that stand alone.
FAMILIES = ("portal", "participation", "projects")
SINGLES = ("search",)
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
HEADER = {
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

# Function name → what its leading arguments are.
_SHAPES: dict[str, tuple[str, ...]] = {
    "gettext": ("id",),
    "ngettext": ("id", "plural"),
    "pgettext": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
}
SHAPES = {"_": ("id",), "gettext_noop": ("id",)} | {
    name + suffix: shape for name, shape in _SHAPES.items() for suffix in ("", "_lazy")
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|(?<!\{)\{(\w*)\}(?!\})|(?<!%)%([sdif])")
HAN = re.compile(r"[\u4e00-\u9fff]+[^<>{}]*")
IN_CHINESE = re.compile(r"<(\w+)[^>]*\blang=\"zh[^>]*>.*?</\1>", re.DOTALL)

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """A message as the code asks for it; `where` is for people who look for it."""

    context: str | None
    id: str
    plural: str | None
    where: str

    @property
    def key(self) -> Key:
        """What makes it one message: context and id."""
        return self.context, self.id


@dataclass(frozen=True)
class Fault:
    """Something that would show an English reader Chinese, or nonsense."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


# --- Reading code and templates -------------------------------------------------------------


def messages_of(app: Path) -> Iterator[Message]:
    """Yield every message that the Python files and templates of `app` ask for."""
    for path in _files(app, "*.py"):
        yield from _calls(ast.parse(path.read_text("utf-8"), str(path)), _relative(path))
    for path in _templates(app):
        yield from _template_messages(path)


def unmarked_text(app: Path) -> Iterator[Fault]:
    """Yield Chinese that stands bare in a template, where no catalogue can reach it.

    An element that says it is Chinese (``lang="zh-hans"``) is meant to stay so.
    """
    for path in _templates(app):
        for token in _outside_blocks(Lexer(path.read_text("utf-8")).tokenize()):
            bare = IN_CHINESE.sub("", token.contents)
            if token.token_type != TokenType.TEXT:
                bare = inline_re.sub("", constant_re.sub("", bare))
            for found in HAN.findall(bare):
                yield Fault(f"{_relative(path)}:{token.lineno}", f"not marked for translation: {found.strip()}")


def _outside_blocks(tokens: Iterable[Token]) -> Iterator[Token]:
    """Drop comments and what stands between ``blocktranslate`` and its end: that is extracted."""
    inside = False
    for token in tokens:
        is_block = token.token_type == TokenType.BLOCK
        if is_block and (block_re.match(token.contents) or token.contents.split()[0] == "comment"):
            inside = True
        elif is_block and (endblock_re.match(token.contents) or token.contents == "endcomment"):
            inside = False
        elif not inside and token.token_type != TokenType.COMMENT:
            yield token


def unreadable_calls(app: Path) -> Iterator[Fault]:
    """Yield calls of ``_`` whose text is not written out, so that nothing can be extracted."""
    for path in _files(app, "*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node) == "_" and not (node.args and _text(node.args[0])):
                yield Fault(f"{_relative(path)}:{node.lineno}", "the text of _() must be written out")


def _template_messages(path: Path) -> Iterator[Message]:
    # Templatize leaves calls standing between words of X; in brackets the tokenizer asks for no indentation.
    code = templatize(path.read_text("utf-8"), origin=str(path))
    tokens = list(tokenize.generate_tokens(io.StringIO(f"({code}\n)").readline))
    for index, token in enumerate(tokens):
        if token.type == tokenize.NAME and token.string in SHAPES and tokens[index + 1].string == "(":
            yield from _calls(ast.parse(_call_text(tokens[index:])), _relative(path))


def _call_text(tokens: Sequence[tokenize.TokenInfo]) -> str:
    depth, parts = 0, []
    for token in tokens:
        parts.append(token.string)
        depth += (token.string == "(") - (token.string == ")")
        if token.string == ")" and depth == 0:
            break
    return " ".join(parts)


def _calls(tree: ast.AST, where: str) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or (name := _name(node)) not in SHAPES:
            continue
        shape = SHAPES[name]
        found = dict(zip(shape, map(_text, node.args), strict=False))
        if len(found) == len(shape) and all(text is not None for text in found.values()) and found["id"]:
            yield Message(found.get("context"), found["id"], found.get("plural"), where)


def _name(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _templates(app: Path) -> list[Path]:
    return [path for pattern in ("*.html", "*.txt", "*.xml") for path in _files(app / "templates", pattern)]


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if "migrations" not in path.relative_to(folder).parts)


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


# --- Catalogues -----------------------------------------------------------------------------


def apps() -> list[Path]:
    """Return the folder of every app in the house."""
    folders = [
        entry for name in FAMILIES for entry in sorted((ROOT / name).glob("*")) if (entry / "__init__.py").exists()
    ]
    return folders + [ROOT / name for name in SINGLES if (ROOT / name / "__init__.py").exists()]


def extract(app: Path) -> None:
    """Bring the catalogue of `app` in line with its code; translations are kept, new ids come empty."""
    wanted = {message.key: message for message in messages_of(app)}
    path = app / CATALOGUE
    if not wanted and not path.exists():
        return
    kept = {(entry.msgctxt, entry.msgid): entry for entry in _entries(path)}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = HEADER
    for key in sorted(wanted, key=lambda key: (key[1], key[0] or "")):
        catalogue.append(_entry(wanted[key], kept.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path), newline="\n")


def check(app: Path) -> Iterator[Fault]:
    """Yield what keeps the catalogue of `app` from being complete English."""
    path = app / CATALOGUE
    entries = {(entry.msgctxt, entry.msgid): entry for entry in _entries(path)}
    wanted = {message.key: message for message in messages_of(app)}
    for key, message in wanted.items():
        if key not in entries:
            yield Fault(message.where, f"missing in the English catalogue: {message.id}")
    for key, entry in entries.items():
        where = f"{_relative(path)}:{entry.linenum}"
        if key not in wanted or entry.obsolete:
            yield Fault(where, f"no longer used: {entry.msgid}")
        elif entry.fuzzy or not entry.translated() or bool(entry.msgid_plural) != bool(wanted[key].plural):
            yield Fault(where, f"not translated: {entry.msgid}")
        elif not _fits(entry):
            yield Fault(where, f"placeholders differ: {entry.msgid}")
    yield from unmarked_text(app)
    yield from unreadable_calls(app)


def check_agreement(folders: Iterable[Path]) -> Iterator[Fault]:
    """Yield ids that two apps translate differently: Django merges the catalogues, so one would win."""
    seen: dict[Key, tuple[object, str]] = {}
    for app in folders:
        for entry in _entries(app / CATALOGUE):
            english = entry.msgstr_plural or entry.msgstr
            first, where = seen.setdefault((entry.msgctxt, entry.msgid), (english, _relative(app)))
            if first != english:
                yield Fault(
                    f"{_relative(app / CATALOGUE)}:{entry.linenum}", f"translated otherwise in {where}: {entry.msgid}"
                )


def compile_catalogues(folders: Iterable[Path]) -> int:
    """Write the binary catalogues that are missing or stale; return how many."""
    written = 0
    for source in (path for folder in folders for path in folder.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            english = polib.pofile(str(source))
            english.save_as_mofile(str(target))
            _write_source_language(english, source.parents[2] / "zh_Hans/LC_MESSAGES/django.mo")
            written += 1
    return written


def compile_overlay(folder: Path = ROOT / "locale") -> int:
    """Write what is said in place of the libraries' own translations; return how many catalogues were stale."""
    written = 0
    for source in folder.rglob("*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


def _write_source_language(english: polib.POFile, target: Path) -> None:
    """Write the catalogue in which every Chinese text is its own translation.

    Without it each text on a Chinese page is looked for in vain through the catalogues of all
    libraries and their fallbacks: a tenth of the time a page takes.
    """
    chinese = polib.POFile()
    chinese.metadata = HEADER | {"Language": "zh_Hans", "Plural-Forms": "nplurals=1; plural=0;"}
    for entry in english:
        same = {"msgstr_plural": {0: entry.msgid_plural}} if entry.msgid_plural else {"msgstr": entry.msgid}
        chinese.append(polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural, **same))
    target.parent.mkdir(parents=True, exist_ok=True)
    chinese.save_as_mofile(str(target))


def _entries(path: Path) -> list[polib.POEntry]:
    return list(polib.pofile(str(path))) if path.exists() else []


def _entry(message: Message, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.id, msgctxt=message.context, tcomment=old.tcomment if old else "")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: "", 1: ""}
    elif old:
        entry.msgstr = old.msgstr
    return entry


def _fits(entry: polib.POEntry) -> bool:
    asked = _placeholders(entry.msgid)
    if not entry.msgid_plural:
        return _placeholders(entry.msgstr) == asked
    # "One question" needs no number.
    return _placeholders(entry.msgstr_plural[0]) <= asked and _placeholders(entry.msgstr_plural[1]) == asked


def _placeholders(text: str) -> set[tuple[str, ...]]:
    return set(PLACEHOLDER.findall(text))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the three commands; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["extract", "check", "compile"])
    parser.add_argument("apps", nargs="*", type=lambda text: Path(text).resolve(), help="only these (default: all)")
    options = parser.parse_args(arguments)
    folders = options.apps or apps()
    if options.command == "compile":
        print(f"{compile_catalogues(folders) + compile_overlay()} catalogues compiled")
        return 0
    if options.command == "extract":
        for app in folders:
            extract(app)
        return 0
    faults = [fault for app in folders for fault in check(app)] + list(check_agreement(apps()))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
