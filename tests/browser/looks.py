"""What every page is held to in a real browser: accessible, and no wider than the screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Values of the display cookie; the standard mode has none.
MODES = {
    "standard": "",
    "elder": "elder.normal.light",
    "high-contrast": "standard.high.light",
    "dark": "standard.normal.dark",
}
# Ends when what moves or fades has come to rest: half faded in, everything lacks contrast.
AT_REST = """() => Promise.allSettled(
    document.getAnimations().filter(one => isFinite(one.effect.getComputedTiming().endTime)).map(one => one.finished)
)"""
# A theme or contrast changes colours and nothing else of a page, which standard and elder mode have looked at.
COLOURS = ["color-contrast", "link-in-text-block"]
ONLY_COLOURS = "() => document.documentElement.matches('[data-contrast=high], [data-theme=dark]')"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def choose(page: Page, mode: str, origin: str) -> None:
    """Let the page's browser have chosen one of MODES on the site at `origin`."""
    if MODES[mode]:
        page.context.add_cookies([{"name": "display", "value": MODES[mode], "url": origin}])


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page that is open, one line per rule with the first places."""
    page.evaluate(AT_REST)
    only = {"type": "rule", "values": COLOURS} if page.evaluate(ONLY_COLOURS) else {"type": "tag", "values": RULES}
    # What passes is not listed: carrying it over takes longer than finding it.
    asked = {"runOnly": only, "resultTypes": ["violations"]}
    found = Axe().run(page, options=asked).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:3]}" for rule in found]


def faults(page: Page) -> list[str]:
    """Return everything that is wrong with the looks of the page that is open."""
    wider = overflow(page)
    return [*violations(page), *([f"{wider} pixels wider than the screen"] if wider > 0 else [])]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
