"""What templates and static files may not hold: foreign hosts, inline scripts and styles."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "portal").glob("*/templates/**/*.html"))
STATIC = sorted(
    path
    for folder in [ROOT / "static", *(ROOT / "portal").glob("*/static")]
    for path in folder.rglob("*")
    if path.suffix in {".css", ".js", ".svg", ".json", ".webmanifest"}
)

# Everything a browser loads by itself. A link that a person follows may lead anywhere.
LOADED = [
    re.compile(r"""\b(?:src|srcset|poster|action|formaction|data)\s*=\s*["']\s*(?:https?:)?//""", re.IGNORECASE),
    re.compile(r"""<(?:link|use|image)\b[^>]*\bhref\s*=\s*["']\s*(?:https?:)?//""", re.IGNORECASE),
    re.compile(r"""url\(\s*["']?\s*(?:https?:)?//""", re.IGNORECASE),
    re.compile(r"""(?:@import|\bfrom|\bimport|fetch\(|EventSource\(|WebSocket\()\s*["'`]\s*(?:https?:|wss?:)?//"""),
]
# Canonical and alternate addresses are our own, and nothing is loaded from them.
TOLD_ONLY = re.compile(r"""<link\b[^>]*\brel="(?:canonical|alternate)"[^>]*>""")
INLINE = [
    re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/(?:ld\+)?json\")", re.IGNORECASE),
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"<[^>{%]*\sstyle\s*=", re.IGNORECASE),
    re.compile(r"<[^>{%]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    re.compile(r"href\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def found(patterns: list[re.Pattern[str]], text: str) -> list[str]:
    return [match.group(0) for pattern in patterns for match in pattern.finditer(TOLD_ONLY.sub("", text))]


@pytest.mark.parametrize("path", [*TEMPLATES, *STATIC], ids=named)
def test_nothing_is_loaded_from_a_foreign_host(path):
    assert found(LOADED, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_script_or_style_stands_inline(path):
    assert found(INLINE, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("markup", "is_found"),
    [
        ('<script src="https://cdn.example/x.js"></script>', True),
        ('<img src="//cdn.example/x.png">', True),
        ('<link rel="stylesheet" href="https://fonts.example/x.css">', True),
        ("a { background: url(https://cdn.example/x.png) }", True),
        ('import x from "https://cdn.example/x.js"', True),
        ('<a href="https://beian.miit.gov.cn/">', False),
        ('<link rel="canonical" href="https://{{ host }}/">', False),
        ('<script src="{% static "x.js" %}"></script>', False),
    ],
)
def test_the_search_for_foreign_hosts_finds_what_it_should(markup, is_found):
    assert bool(found(LOADED, markup)) is is_found


@pytest.mark.parametrize(
    ("markup", "is_found"),
    [
        ("<script>alert(1)</script>", True),
        ('<p style="color: red">', True),
        ('<button onclick="go()">', True),
        ('<a href="javascript:go()">', True),
        ('<script type="application/ld+json">{}</script>', False),
        ('<script type="module" src="x.js"></script>', False),
        ("<button disabled>", False),
    ],
)
def test_the_search_for_inline_code_finds_what_it_should(markup, is_found):
    assert bool(found(INLINE, markup)) is is_found
