"""Pictures are drawn anew: what was hidden in the file (place, camera, thumbnails, code) is gone.

Before a pixel is decoded the header is read and the picture refused if it would be too large:
a few kilobytes can claim to be a wall of a hundred thousand by a hundred thousand pixels.
"""

import io
import math

from PIL import Image, ImageOps

from portal.files.rules.faults import BadFile, Fault
from portal.files.rules.kinds import JPEG, PNG, WEBP, Kind

# A JPEG of one scan is decoded strip by strip at a fraction of its size, everything else in full:
# hence two caps, which keep the memory for one picture below about 170 MB.
MAX_PIXELS = 20_000_000
MAX_PIXELS_ONE_SCAN = 60_000_000
# What is kept: enough to read a photographed page of A4.
KEPT_PIXELS = 8_000_000
# Each scan of a progressive JPEG goes over the whole picture; real ones have about ten.
MAX_JPEG_SCANS = 64

_JPEG_SCAN = b"\xff\xda"
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_SAVE: dict[Kind, dict[str, int]] = {
    JPEG: {"quality": 88},
    PNG: {"compress_level": 4},
    WEBP: {"quality": 85, "method": 1},
}


def redraw(content: bytes, kind: Kind) -> bytes:
    """Return the picture upright, of at most `KEPT_PIXELS`, in the same format, without metadata.

    Of an animation the first frame is kept. Raises BadFile.
    """
    if kind is JPEG and content.count(_JPEG_SCAN) > MAX_JPEG_SCANS:
        raise BadFile(Fault.DAMAGED)
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            _demand_size(picture, kind, content)
            _shrink(picture)
            ImageOps.exif_transpose(picture, in_place=True)
            return _encode(picture, kind)
    except Image.DecompressionBombError:
        raise BadFile(Fault.TOO_MANY_PIXELS) from None
    except BadFile:
        raise
    except Exception:
        # Decoders fail on damaged bytes in every way there is (struct.error, SyntaxError …).
        raise BadFile(Fault.DAMAGED) from None


def _demand_size(picture: Image.Image, kind: Kind, content: bytes) -> None:
    pixels = picture.width * picture.height
    if pixels > MAX_PIXELS_ONE_SCAN or (pixels > MAX_PIXELS and not (kind is JPEG and _has_one_scan(picture, content))):
        raise BadFile(Fault.TOO_MANY_PIXELS)


def _has_one_scan(picture: Image.Image, content: bytes) -> bool:
    """Tell whether the JPEG's first scan holds all colours at once and in full, so that there is no second."""
    if picture.info.get("progressive"):
        return False
    at = 2  # segments: FF, marker, length (2 bytes, counting itself) …; a scan: FF DA, length, number of colours …
    while content[at : at + 2] != _JPEG_SCAN:
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at : at + 1] != b"\xff" or length < 2:
            return False
        at += 2 + length
    return content[at + 4] == len(picture.getbands())


def _shrink(picture: Image.Image) -> None:
    """Bring the picture down to `KEPT_PIXELS`, whatever its proportions: long screenshots stay readable."""
    factor = math.sqrt(KEPT_PIXELS / (picture.width * picture.height))
    if factor >= 1:
        return
    size = (max(1, int(picture.width * factor)), max(1, int(picture.height * factor)))
    picture.draft(None, size)  # a JPEG decoder can do the first halvings itself; others ignore this
    picture.thumbnail(size, reducing_gap=None)


def _encode(picture: Image.Image, kind: Kind) -> bytes:
    kept = picture.convert("RGB") if kind is JPEG and picture.mode not in ("L", "RGB") else picture
    # The encoders copy comments, profiles and XMP over from here.
    kept.info = {key: value for key, value in kept.info.items() if key == "transparency"}
    out = io.BytesIO()
    kept.save(out, _FORMATS[kind], **_SAVE[kind])
    return out.getvalue()
