"""Files of every kind, made on the spot: small, whole, and free of anybody's data."""

import io
import zipfile

from PIL import Image

GPS_IFD = 0x8825
ORIENTATION = 0x0112
MAKE = 0x010F
TURNED_RIGHT = 6


def photo(width=640, height=480, *, orientation=1, **save):
    """A JPEG as a telephone makes it: with camera, place and orientation in its EXIF part."""
    exif = Image.Exif()
    exif[MAKE] = "SECRET-CAMERA"
    exif[ORIENTATION] = orientation
    exif[GPS_IFD] = {1: "N", 2: (30.0, 52.0, 1.0), 3: "E", 4: (120.0, 5.0, 1.0)}
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 2, height // 2))
    return _saved(picture, "JPEG", exif=exif, comment=b"SECRET-COMMENT", **save)


def png(width=320, height=200, mode="RGBA"):
    """A PNG with a transparent background."""
    return _saved(Image.new(mode, (width, height)), "PNG")


def webp(width=320, height=200):
    """A WebP picture."""
    return _saved(Image.new("RGB", (width, height), "blue"), "WEBP")


def pdf(inside=b""):
    """The smallest honest PDF."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def packed(parts):
    """A packed file with these parts: name to content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**extra):
    """A Word file, as far as its directory tells."""
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", **extra})


def xlsx(**extra):
    """An Excel file, as far as its directory tells."""
    return packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", **extra})


def _saved(picture, picture_format, **save):
    out = io.BytesIO()
    picture.save(out, picture_format, **save)
    return out.getvalue()
