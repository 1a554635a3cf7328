"""What a reader has to load: the budget of the design, measured."""

import gzip

import pytest

from portal.config.env import BASE_DIR

STATIC = BASE_DIR / "static"
ALL = sorted((STATIC / "css").glob("*.css"))
# What every reader has to load; the others are linked by the pages that need them.
STYLES = [path for path in ALL if path.stem not in ("styleguide", "wide-tables", "reading", "diff")]


def test_all_styles_together_are_small():
    text = b"".join(path.read_bytes() for path in STYLES)

    assert len(text) <= 30_000
    assert len(gzip.compress(text)) <= 8_000


@pytest.mark.parametrize("own", ["guides", "centres"])
def test_what_a_reading_page_loads_is_small_with_its_own_styles(own):
    shared = [STATIC / "css" / f"{name}.css" for name in ("foundation", "components", "print", "reading")]
    page = BASE_DIR / f"portal/pages/static/portal/pages/{own}.css"

    assert sum(path.stat().st_size for path in (*shared, page)) <= 30_000


def test_scripts_are_small():
    assert sum(path.stat().st_size for path in (STATIC / "js").glob("*.js")) <= 20_000


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_styles_work_in_the_oldest_browser_that_is_supported(path):
    text = path.read_text("utf-8")

    # Chromium 86 drops a whole block for each of these.
    assert not [word for word in ("@layer", "@container", ":has(", ":is(", ":where(", "popover") if word in text]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_styles_load_nothing(path):
    # The large pointer is asked for when somebody wants it.
    assert "url(" not in path.read_text("utf-8").replace('url("../ui/pointer.svg")', "")
    assert "@import" not in path.read_text("utf-8")
