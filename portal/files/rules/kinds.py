"""The kinds of file that are taken, told by content and never by name or by what a browser claims."""

from dataclasses import dataclass

import filetype

from portal.files.rules.faults import BadFile, Fault


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, and the endings that go with it, the usual one first."""

    content_type: str
    endings: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        """Tell whether it is re-encoded before it is kept."""
        return self.content_type.startswith("image/")


JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Kind("image/png", ("png",))
WEBP = Kind("image/webp", ("webp",))
PDF = Kind("application/pdf", ("pdf",))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
KINDS = (JPEG, PNG, WEBP, PDF, DOCX, XLSX)

# The container alone: which office format it holds is told by its directory (`office.py`).
PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_TYPE = {kind.content_type: kind for kind in (JPEG, PNG, WEBP, PDF)}


def sniff(content: bytes) -> Kind | None:
    """Return the kind of `content`; None for a packed file, which must be looked into.

    Raises BadFile: HEIC and old or password-protected Office files have a fault of their own,
    because people can be told what to do about them.
    """
    if content.startswith(PACKED):
        return None
    if content.startswith(_OLD_OFFICE):
        raise BadFile(Fault.OLD_OFFICE)
    guess = filetype.guess_mime(content)  # type: ignore[no-untyped-call]
    if guess in ("image/heic", "image/heif", "image/avif"):
        raise BadFile(Fault.HEIC)
    if guess not in _BY_TYPE:
        raise BadFile(Fault.TYPE_UNKNOWN)
    return _BY_TYPE[guess]
