"""A browser's share of HTTP/1.1 for crowds: asyncio and the standard library, to 127.0.0.1 and nowhere else.

Every visitor has a network address of their own (127.x.y.z, all of which are this machine), so that
the product's limits per address stay on and meet what they are for.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0  # seconds until a visitor gives up


@dataclass(frozen=True)
class Answer:
    """What came back. headers: names in small letters; of cookies there may be several."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value, the empty text without it."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass
class Visitor:
    """One browser: an address, its cookies, one connection that is kept while the server keeps it."""

    port: int
    host: str
    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, *, form: Mapping[str, str] | None = None) -> Answer:
        """GET a path, or POST a form to it; a kept connection that was closed meanwhile is opened anew.

        Raises OSError, asyncio.IncompleteReadError or TimeoutError when no answer comes.
        """
        async with asyncio.timeout(PATIENCE):
            if self._streams is not None and form is None:
                try:
                    return await self._exchange(path, form)
                except (OSError, asyncio.IncompleteReadError):
                    await self.leave()
            return await self._exchange(path, form)

    async def leave(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    async def _exchange(self, path: str, form: Mapping[str, str] | None) -> Answer:
        reader, writer = self._streams or await self._connect()
        body = urlencode(form).encode() if form is not None else b""
        head = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: {self.host}"]
        if form is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Origin: https://{self.host}"]
            head.append(f"Content-Length: {len(body)}")
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await writer.drain()
        answer = await _read(reader)
        for name, value in answer.headers:
            if name == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        if answer.header("connection") == "close":
            await self.leave()
        return answer

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        own = f"127.{1 + self.number // 62500}.{self.number // 250 % 250}.{1 + self.number % 250}"
        self._streams = await asyncio.open_connection(
            LOOPBACK, self.port, ssl=TRUSTING, server_hostname=self.host, local_addr=(own, 0), limit=1 << 20
        )
        return self._streams


# The deployment's certificate was made a minute ago and is signed by nobody.
TRUSTING = ssl.create_default_context()
TRUSTING.check_hostname = False
TRUSTING.verify_mode = ssl.CERT_NONE


async def _read(reader: asyncio.StreamReader) -> Answer:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(lines[0].split()[1])
    pairs = (line.partition(":") for line in lines[1:] if line)
    headers = [(name.lower(), value.strip()) for name, _, value in pairs]
    known = dict(headers)
    if known.get("transfer-encoding") == "chunked":
        body = b"".join([part async for part in _chunks(reader)])
    else:
        body = await reader.readexactly(int(known.get("content-length", 0)))
    return Answer(status, headers, body)


async def _chunks(reader: asyncio.StreamReader):
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        yield await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
