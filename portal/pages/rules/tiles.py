"""Where the pictures of a map come from: an address with blanks for the tile, and what may be wrong with it.

Places are kept in WGS-84, and CGCS2000, by which 天地图 draws, is the same to the eye. Maps by GCJ-02 or BD-09 are
drawn some hundred metres aside, so that each pin would stand in a neighbour's yard.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

BLANKS = {"x", "y", "z"}
# By the ends of their hosts: Amap, Tencent and Google's maps of China (GCJ-02), Baidu (BD-09).
SHIFTED = (
    "amap.com", "autonavi.com", "gtimg.com", "qq.com", "google.cn", "google.com", "baidu.com", "bdimg.com", "bdstatic.com",
)  # fmt: skip
# It goes into a header as it is.
_HOST = re.compile(r"[a-z0-9.-]+(:\d+)?", re.IGNORECASE)


def host(address: str) -> str:
    """Return the host of a template, with its port if it has one: what readers are told."""
    return urlsplit(address).netloc


def origin(address: str) -> str:
    """Return scheme and host of a template, as a content security policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def faults(address: str) -> Iterator[str]:
    """Yield what is wrong with a template such as ``https://tiles.example.org/{z}/{x}/{y}.png``, a sentence each."""
    if not address.startswith("https://") or not _HOST.fullmatch(host(address)):
        yield "It must begin with https:// and a plain host."
    if set(re.findall(r"{([^{}]*)}", address)) != BLANKS:
        yield "It must have the blanks {z}, {x} and {y}, and no other."
    if f".{host(address)}".lower().endswith(tuple(f".{shifted}" for shifted in SHIFTED)):
        yield "Its host draws by GCJ-02 or BD-09, some hundred metres away from WGS-84, in which places are kept."
