"""One file: is it taken, as what, and which bytes are kept?"""

import re
from dataclasses import dataclass

from portal.files.rules import office, pictures
from portal.files.rules.faults import BadFile, Fault
from portal.files.rules.kinds import KINDS, PDF, Kind, sniff
from portal.files.rules.names import tidy

MAX_BYTES = 10 * 2**20
MAX_FILES = 5
# For the `accept` attribute. HEIC is left out on purpose: telephones then hand over a JPEG.
ACCEPT = ",".join([kind.content_type for kind in KINDS] + [f".{ending}" for kind in KINDS for ending in kind.endings])

# Names of PDF that make a document act by itself. "#4a" in a name stands for "J".
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")


@dataclass(frozen=True)
class Clean:
    """A file that is taken: its tidied name, its kind by content, and the bytes to keep."""

    name: str
    kind: Kind
    content: bytes


def clean(name: str, content: bytes) -> Clean:
    """Check one file of any origin and return what is kept of it. Raises BadFile."""
    if not content:
        raise BadFile(Fault.EMPTY)
    if len(content) > MAX_BYTES:
        raise BadFile(Fault.TOO_LARGE)
    kind = sniff(content) or office.kind_of(content)
    tidied = tidy(name, kind)
    if kind is PDF:
        _demand_passive(content)
    if kind.is_picture:
        content = pictures.redraw(content, kind)
    return Clean(tidied, kind, content)


def _demand_passive(content: bytes) -> None:
    """Refuse a PDF that visibly runs code or starts programs.

    Compressed object streams are not opened (nothing untrusted is unpacked), so this finds the
    careless case only; what protects the reader is that files are served as attachments in a
    sandbox. Shorter names such as ``/JS`` would meet themselves by chance in packed pictures.
    """
    if _ACTIVE_PDF.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise BadFile(Fault.ACTIVE_PDF)
