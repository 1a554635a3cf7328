"""A host of map pictures, on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from PIL import Image, ImageDraw


class TileHost:
    """Answers every tile with a picture. asked: what it was asked for, the path and the referrer.

    is_down: answers 503 instead, as a host does whose quota is used up.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.is_down = False
        self.netloc = ""
        self.picture = _tile()

    def template(self, layer: str) -> str:
        """Return the address of a layer, with its blanks."""
        return f"http://{self.netloc}/{layer}/{{z}}/{{x}}/{{y}}.png"

    @contextmanager
    def serving(self) -> Iterator["TileHost"]:
        """Answer on a port of its own until the end of the block."""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append((self.path, self.headers.get("Referer")))
                self.send_response(503 if host.is_down else 200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                if not host.is_down:
                    self.wfile.write(host.picture)

            def log_message(self, format: str, *args: object) -> None:
                """Be silent."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.netloc = f"127.0.0.1:{server.server_port}"
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()


def _tile() -> bytes:
    tile = Image.new("RGB", (256, 256), "#f3f1ea")
    draw = ImageDraw.Draw(tile)
    draw.rectangle((0, 100, 255, 116), fill="#ffffff", outline="#c9c4b5")
    draw.rectangle((140, 0, 152, 255), fill="#ffffff", outline="#c9c4b5")
    draw.rectangle((20, 20, 110, 80), fill="#cfe3c3")
    draw.rectangle((170, 140, 255, 230), fill="#b9d5ea")
    kept = BytesIO()
    tile.save(kept, "PNG")
    return kept.getvalue()
