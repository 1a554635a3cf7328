"""When a phone on a slow line shows what a page is about: the largest paint (LCP), throttled, beside bare text.

Run: python -m benchmarks.first_paint   Needs nginx and Chromium. The profile is that of Lighthouse's "slow 4G":
1.6 Mbit/s down, 750 kbit/s up, 150 ms round trip, processor four times slower.
"""

import os
import shutil
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.new_site import new_site
from tests.portal.config.deployment import HOST, Deployment

PATHS = ("/", "/en/", "/guides/", "/answers/", "/ask/")
BARE = "/static/bare.html"
TIMES = 5
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
LARGEST = """() => new Promise(resolve => {
    new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
        .observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => resolve(NaN), 5000);
})"""
LOADED = """() => [performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource")]
    .reduce((sum, one) => sum + one.transferSize, 0)"""


def paint(browser: Browser, address: str) -> tuple[float, int]:
    """Return the largest paint in milliseconds and the bytes that came over the line, for a first visit."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=3, ignore_https_errors=True
    )
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", NETWORK)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    found = page.evaluate(LARGEST), page.evaluate(LOADED)
    context.close()
    return found


def main() -> None:
    """Print a table: page, kB over the line, largest paint, ratio to bare text."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = new_site(Path(scratch))
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        with Deployment(Path(scratch), environment) as site, sync_playwright() as playwright:
            text = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><p>议事</p>"
            (site.var / "static/bare.html").write_text(text, "utf-8")
            origin = f"https://{HOST}:{site.ports['tls']}"
            options = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
            browser = playwright.chromium.launch(executable_path=chromium, args=options)
            print(f"{'page':<24}{'kB':>7}{'LCP ms':>9}{'ratio':>7}")
            bare = 0.0
            for path in (BARE, *PATHS):
                seen = [paint(browser, origin + path) for _ in range(TIMES)]
                largest = median(at for at, _size in seen)
                bare = bare or largest
                print(f"{path:<24}{seen[0][1] / 1000:>7.1f}{largest:>9.0f}{largest / bare:>7.1f}")
            browser.close()


if __name__ == "__main__":
    main()
