import io
import random
import struct
import time
import zlib

import pytest
from PIL import Image

from portal.files.rules import MAX_BYTES, BadFile, Fault, clean, pictures
from portal.files.rules.kinds import DOCX, JPEG, PDF, PNG, WEBP, XLSX
from tests.factories import files


def fault_of(name, content):
    with pytest.raises(BadFile) as caught:
        clean(name, content)
    return caught.value.fault


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("工资条.jpg", files.photo(), JPEG),
        ("photo.JPEG", files.photo(), JPEG),
        ("截图.png", files.png(), PNG),
        ("palette.png", files.png(mode="P"), PNG),
        ("picture.webp", files.webp(), WEBP),
        ("通知.pdf", files.pdf(), PDF),
        ("申请.docx", files.docx(), DOCX),
        ("名单.xlsx", files.xlsx(), XLSX),
    ],
)
def test_the_usual_files_are_taken_for_what_they_are(name, content, kind):
    assert clean(name, content).kind is kind


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("empty.pdf", b"", Fault.EMPTY),
        ("large.pdf", files.pdf() + b" " * MAX_BYTES, Fault.TOO_LARGE),
        ("page.html", b"<html><script>alert(1)</script>", Fault.TYPE_UNKNOWN),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.TYPE_UNKNOWN),
        ("program.exe", b"MZ" + b"\0" * 100, Fault.TYPE_UNKNOWN),
        ("moving.gif", b"GIF89a" + b"\0" * 20, Fault.TYPE_UNKNOWN),
        ("parts.zip", files.packed({"a.txt": "a"}), Fault.TYPE_UNKNOWN),
        ("IMG_1.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Fault.HEIC),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, Fault.OLD_OFFICE),
        ("photo.png", files.photo(), Fault.NAME_DISAGREES),
        ("照片.jpg.exe", files.photo(), Fault.NAME_DISAGREES),
        ("申请.docm", files.docx(), Fault.NAME_DISAGREES),
        ("cut.jpg", files.photo()[:200], Fault.DAMAGED),
        ("cut.docx", files.docx()[:-30], Fault.DAMAGED),
        ("macro.docx", files.docx(**{"word/vbaProject.bin": "x"}), Fault.MACROS),
        ("macro.xlsx", files.xlsx(**{"xl/macrosheets/sheet1.xml": "x"}), Fault.MACROS),
        ("script.pdf", files.pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), Fault.ACTIVE_PDF),
        ("hidden.pdf", files.pdf(b"/OpenAction << /S /J#61vaScript >>"), Fault.ACTIVE_PDF),
        ("launch.pdf", files.pdf(b"/OpenAction << /S /Launch /F (calc.exe) >>"), Fault.ACTIVE_PDF),
    ],
)
def test_everything_else_is_refused_for_a_reason(name, content, fault):
    assert fault_of(name, content) is fault


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\me\\报告.jpg", "报告.jpg"),
        ("../../etc/报告.jpg", "报告.jpg"),
        ("报\u202egpj.jpg", "报gpj.jpg"),
        ('a"b\r\nX-Header: 1;.jpg', "a_bX-Header_ 1_.jpg"),
        ("没有扩展名", "没有扩展名.jpg"),
        (".jpg", "附件.jpg"),
        ("", "附件.jpg"),
        ("长" * 300 + ".jpg", "长" * 96 + ".jpg"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert clean(given, files.photo(8, 8)).name == kept


def test_a_photograph_loses_its_metadata_and_keeps_standing_upright():
    lying = files.photo(640, 480, orientation=files.TURNED_RIGHT)

    kept = clean("a.jpg", lying).content

    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (480, 640)
        assert picture.getpixel((470, 10))[1] < 60, "the red corner has turned to the upper right"
        assert not picture.getexif()
        assert "comment" not in picture.info
    assert b"SECRET" not in kept


@pytest.mark.parametrize(("content", "name"), [(files.png(), "a.png"), (files.webp(), "a.webp")])
def test_what_is_appended_to_a_picture_is_gone(content, name):
    assert b"<script>" not in clean(name, content + b"<script>alert(1)</script>").content


def test_transparency_is_kept():
    kept = clean("a.png", files.png()).content

    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.mode == "RGBA"


def test_a_large_photograph_is_kept_smaller_and_a_long_screenshot_in_its_proportions():
    with Image.open(io.BytesIO(clean("a.jpg", files.photo(8000, 6000)).content)) as picture:
        assert picture.size == (3265, 2449)
    with Image.open(io.BytesIO(clean("a.png", files.png(900, 20_000, mode="L")).content)) as picture:
        assert picture.height / picture.width == pytest.approx(20_000 / 900, rel=0.01)


def png_that_claims(width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [6_000, 10_000, 100_000])
def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded(side):
    started = time.perf_counter()

    assert fault_of("bomb.png", png_that_claims(side, side)) is Fault.TOO_MANY_PIXELS
    assert time.perf_counter() - started < 1


def test_only_a_photograph_of_one_scan_may_be_very_large():
    assert clean("a.jpg", files.photo(6000, 4000)).kind is JPEG
    assert fault_of("a.jpg", files.photo(6000, 4000, progressive=True)) is Fault.TOO_MANY_PIXELS


def test_a_photograph_of_many_scans_is_refused():
    many = files.photo(8, 8, progressive=True) + b"\xff\xda" * pictures.MAX_JPEG_SCANS

    assert fault_of("scans.jpg", many) is Fault.DAMAGED


def test_an_office_file_that_would_unpack_to_a_wall_is_refused_without_unpacking():
    bomb = bytearray(files.docx(**{"word/media/a.xml": "a" * 100}))
    entry = bomb.rfind(b"PK\x01\x02")
    struct.pack_into("<L", bomb, entry + 24, 2**31)  # the size after unpacking, as the directory has it

    assert fault_of("bomb.docx", bytes(bomb)) is Fault.UNPACKS_TOO_LARGE


def test_an_office_file_with_a_password_is_refused():
    locked = bytearray(files.docx())
    struct.pack_into("<H", locked, locked.rfind(b"PK\x01\x02") + 8, 0x1)

    assert fault_of("locked.docx", bytes(locked)) is Fault.OLD_OFFICE


def test_a_directory_of_a_hundred_thousand_entries_is_refused_unread():
    claimed = bytearray(files.docx())
    struct.pack_into("<L", claimed, claimed.rfind(b"PK\x05\x06") + 12, 2**24)

    assert fault_of("wide.docx", bytes(claimed)) is Fault.UNPACKS_TOO_LARGE


@pytest.mark.parametrize(
    "start", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 ", b"PK\x03\x04", b"%PDF-"]
)
def test_damaged_bytes_are_refused_or_taken_and_never_break_the_checks(start):
    noise = random.Random(7)
    for _ in range(50):
        try:
            clean("", start + noise.randbytes(400))
        except BadFile:
            continue
