"""Word and Excel files, judged by the directory of their container. Nothing is unpacked, ever."""

import io
import struct
import zipfile

from portal.files.rules.faults import BadFile, Fault
from portal.files.rules.kinds import DOCX, XLSX, Kind

# Our bytes are never unpacked here, but they are on the reader's machine.
MAX_UNPACKED_BYTES = 200 * 2**20
MAX_DIRECTORY_BYTES = 2**20

_END = b"PK\x05\x06"
_END_BYTES = 22
_END_WITH_COMMENT_BYTES = _END_BYTES + 0xFFFF
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_BYTES = 20
_ENCRYPTED = 0x1


def kind_of(content: bytes) -> Kind:
    """Return whether `content` is a Word or an Excel file. Raises BadFile for everything else."""
    parts = _directory(content)
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise BadFile(Fault.OLD_OFFICE)
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise BadFile(Fault.UNPACKS_TOO_LARGE)
    if "[content_types].xml" not in names:
        raise BadFile(Fault.TYPE_UNKNOWN)
    if any(map(_is_active, names)):
        raise BadFile(Fault.MACROS)
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    raise BadFile(Fault.TYPE_UNKNOWN)


def _is_active(name: str) -> bool:
    return "vbaproject" in name or "/macrosheets/" in name or "/activex/" in name


def _directory(content: bytes) -> list[zipfile.ZipInfo]:
    """Read the central directory, after making sure that it is a small one."""
    end = content.rfind(_END, max(0, len(content) - _END_WITH_COMMENT_BYTES))
    if end < 0 or len(content) - end < _END_BYTES:
        raise BadFile(Fault.DAMAGED)
    (directory_bytes,) = struct.unpack_from("<L", content, end + 12)
    # ZIP64 is for more than 4 GiB: in a file of a few megabytes it only hides a second directory.
    if directory_bytes > MAX_DIRECTORY_BYTES or _ZIP64_LOCATOR in content[max(0, end - _ZIP64_LOCATOR_BYTES) : end]:
        raise BadFile(Fault.UNPACKS_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BadFile(Fault.DAMAGED) from None
