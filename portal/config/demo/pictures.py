"""The demo's few pictures, drawn when it is seeded: flat shapes in the colours of the site, no files to keep."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 675
SKY, PALE, BLUE, DEEP, WATER = "#e8f0f8", "#c9dcef", "#15497f", "#0e3561", "#9fc3e4"
GREEN, LEAF, SAND, RED, WHITE, LAMP, BARK = (
    "#0b6b3f",
    "#5a9c78",
    "#f0e6d2",
    "#b42318",
    "#ffffff",
    "#ffd98a",
    "#8a5300",
)

Draw = ImageDraw.ImageDraw


def picture(name: str) -> bytes:
    """Return one of SCENES as a PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    SCENES[name](ImageDraw.Draw(image))
    kept = BytesIO()
    image.save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def _ground(draw: Draw, top: int, colour: str = SAND) -> None:
    draw.rectangle((0, top, WIDTH, HEIGHT), fill=colour)


def _tree(draw: Draw, x: int, foot: int, size: int) -> None:
    draw.rectangle((x - size // 12, foot - size // 2, x + size // 12, foot), fill=BARK)
    draw.ellipse((x - size // 3, foot - size, x + size // 3, foot - size // 3), fill=LEAF)


def _lake(draw: Draw) -> None:
    draw.ellipse((870, 70, 990, 190), fill=LAMP)
    draw.polygon([(0, 330), (220, 170), (430, 330)], fill=PALE)
    draw.polygon([(280, 330), (600, 120), (960, 330)], fill=WATER)
    draw.polygon([(760, 330), (1020, 200), (1200, 300), (1200, 330)], fill=PALE)
    _ground(draw, 330, BLUE)
    for y in range(360, 520, 40):
        draw.line((120 + y, y, 460 + y, y), fill=WATER, width=4)
    draw.polygon([(0, 675), (0, 470), (420, 420), (1200, 600), (1200, 675)], fill=LEAF)
    draw.polygon([(120, 675), (330, 445), (360, 445), (420, 675)], fill=SAND)
    for x, foot, size in ((90, 520, 190), (560, 520, 150), (1080, 610, 200)):
        _tree(draw, x, foot, size)


def _house(draw: Draw, box: tuple[int, int, int, int], columns: int, rows: int, pane: str) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=WHITE, outline=BLUE, width=6)
    step_x, step_y = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = left + step_x * (column + 0.25), top + step_y * (row + 0.25)
            draw.rectangle((x, y, x + step_x * 0.5, y + step_y * 0.5), fill=pane)


def _counter(draw: Draw) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=DEEP)
    draw.ellipse((140, 70, 210, 140), fill=SAND)
    _ground(draw, 540, BLUE)
    _house(draw, (330, 190, 1010, 540), 6, 2, LAMP)
    draw.rectangle((300, 160, 1040, 200), fill=RED)
    draw.rectangle((565, 370, 775, 534), fill=WHITE)
    draw.rectangle((610, 390, 730, 540), fill=LAMP, outline=BLUE, width=6)
    draw.polygon([(730, 540), (1130, 600), (1130, 622), (610, 622), (610, 540)], fill=SAND)
    for x in (180, 1120):
        _tree(draw, x, 545, 190)


def _school(draw: Draw) -> None:
    _ground(draw, 500)
    _house(draw, (190, 210, 890, 500), 8, 2, WATER)
    draw.polygon([(160, 212), (540, 110), (920, 212)], fill=BLUE)
    draw.rectangle((455, 360, 625, 494), fill=WHITE)
    draw.rectangle((490, 390, 590, 500), fill=DEEP)
    draw.line((1040, 500, 1040, 130), fill=DEEP, width=8)
    draw.rectangle((1044, 130, 1150, 200), fill=RED)
    for x in (90, 960, 1140):
        _tree(draw, x, 505, 150)
    draw.ellipse((220, 540, 980, 650), outline=WHITE, width=10)


def _bus(draw: Draw) -> None:
    _ground(draw, 500, PALE)
    draw.rectangle((0, 560, WIDTH, HEIGHT), fill=DEEP)
    for x in range(40, WIDTH, 200):
        draw.rectangle((x, 612, x + 100, 622), fill=SAND)
    draw.rounded_rectangle((330, 270, 1080, 560), 30, fill=BLUE)
    for x in range(360, 960, 125):
        draw.rounded_rectangle((x, 310, x + 105, 410), 8, fill=SKY)
    draw.rectangle((980, 310, 1050, 540), fill=SKY)
    for x in (440, 890):
        draw.ellipse((x, 500, x + 120, 620), fill=DEEP, outline=SAND, width=14)
    draw.rectangle((60, 220, 290, 244), fill=RED)
    for x in (80, 260):
        draw.rectangle((x, 240, x + 12, 520), fill=DEEP)
    draw.rectangle((100, 450, 252, 468), fill=GREEN)


def _library(draw: Draw) -> None:
    _ground(draw, 520)
    for shelf, left in enumerate((60, 840)):
        draw.rectangle((left, 110, left + 300, 520), fill=DEEP)
        for row in range(3):
            top = 130 + row * 130
            draw.rectangle((left + 14, top, left + 286, top + 110), fill=SKY)
            for book in range(11):
                colour = (BLUE, RED, GREEN, LAMP, WATER)[(book + row + shelf) % 5]
                x, tall = left + 20 + book * 24, 70 + (book * 13 + row * 7) % 35
                draw.rectangle((x, top + 110 - tall, x + 18, top + 110), fill=colour)
    for x in (470, 600, 730):
        draw.line((x, 0, x, 170), fill=DEEP, width=4)
        draw.polygon([(x - 50, 210), (x + 50, 210), (x + 22, 165), (x - 22, 165)], fill=LAMP)
    draw.rectangle((410, 430, 790, 452), fill=BLUE)
    for x in (430, 750):
        draw.rectangle((x, 450, x + 18, 600), fill=BLUE)


def _points(draw: Draw) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=WHITE)
    font = ImageFont.load_default(size=70)
    for row, (points, colour) in enumerate(((50, BLUE), (30, GREEN), (20, RED))):
        top = 90 + row * 180
        draw.rounded_rectangle((80, top, 80 + points * 18, top + 120), 10, fill=colour)
        draw.text((80 + points * 18 + 30, top + 20), str(points), fill=DEEP, font=font)


SCENES: dict[str, Callable[[Draw], None]] = {
    "counter": _counter,
    "lake": _lake,
    "school": _school,
    "bus": _bus,
    "library": _library,
    "points": _points,
}
