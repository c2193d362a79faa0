"""Small drawings for the made-up year, computed here so that no picture of anybody is shipped."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Iterable
from itertools import pairwise

WIDTH, HEIGHT = 480, 320
Colour = tuple[int, int, int]

PAPER: Colour = (250, 246, 236)
INK: Colour = (58, 54, 48)
MOSS: Colour = (88, 110, 72)
AMBER: Colour = (205, 146, 58)
RED: Colour = (170, 72, 58)
WATER: Colour = (120, 142, 150)
BLUE: Colour = (44, 84, 140)
SOIL: Colour = (110, 84, 62)


class Sheet:
    """WIDTH x HEIGHT dots, top left first."""

    def __init__(self, ground: Colour) -> None:
        self.rows = [bytearray(bytes(ground) * WIDTH) for _ in range(HEIGHT)]

    def span(self, y: int, left: int, right: int, colour: Colour) -> None:
        """A level stroke from `left` up to `right`, cut at the edges."""
        left, right = max(0, left), min(WIDTH, right)
        if 0 <= y < HEIGHT and left < right:
            self.rows[y][3 * left : 3 * right] = bytes(colour) * (right - left)

    def box(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        for y in range(top, bottom):
            self.span(y, left, right, colour)

    def disc(self, x: float, y: float, across: float, colour: Colour, flat: float = 1.0) -> None:
        """A disc, or with `flat` below 1 an ellipse that lies."""
        for row in range(int(y - across * flat), int(y + across * flat) + 1):
            half = math.sqrt(max(0.0, across**2 - ((row - y) / flat) ** 2))
            self.span(row, round(x - half), round(x + half), colour)

    def line(self, points: Iterable[tuple[float, float]], colour: Colour, pen: float = 2) -> None:
        """A stroke through `points`."""
        for (x, y), (to_x, to_y) in pairwise(points):
            count = max(1, int(math.hypot(to_x - x, to_y - y)))
            for step in range(count + 1):
                share = step / count
                self.disc(x + (to_x - x) * share, y + (to_y - y) * share, pen, colour)

    def png(self) -> bytes:
        """The sheet as a PNG file."""
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        dots = zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows), 9)
        chunks = ((b"IHDR", head), (b"IDAT", dots), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def draw(name: str) -> bytes:
    """The drawing of that name as PNG. Raises KeyError where there is none."""
    sheet = Sheet(PAPER)
    DRAWINGS[name](sheet)
    return sheet.png()


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _sky(sheet: Sheet, top: Colour, low: Colour, horizon: int) -> None:
    for y in range(horizon):
        sheet.span(y, 0, WIDTH, _mix(top, low, y / horizon))


def _hills(sheet: Sheet, base: int, high: float, waves: float, colour: Colour) -> None:
    for x in range(WIDTH):
        lift = high * (0.6 + 0.4 * math.sin(waves * x / WIDTH * math.tau) * math.cos(x / 67))
        sheet.box(x, round(base - lift), x + 1, base, colour)


def _ripples(sheet: Sheet, top: int, colour: Colour) -> None:
    for y in range(top, HEIGHT, 7):
        shift = 40 * math.sin(y / 9)
        for start in range(-40, WIDTH, 150):
            left = round(start + shift + y % 3 * 30)
            sheet.span(y, left, left + 40 + (y - top) // 3, colour)


def _canal(sheet: Sheet) -> None:
    _sky(sheet, (176, 184, 190), (240, 206, 158), 170)
    sheet.disc(330, 150, 22, AMBER)
    _hills(sheet, 178, 46, 2.3, (104, 108, 96))
    for left, high in ((20, 92), (96, 66), (150, 110), (404, 84)):
        sheet.box(left, 178 - high, left + 62, 178, (132, 98, 84))
        for x in range(left + 8, left + 54, 16):
            sheet.box(x, 190 - high, x + 8, 202 - high, (236, 214, 160))
    sheet.box(0, 178, WIDTH, HEIGHT, WATER)
    _ripples(sheet, 186, (196, 186, 164))


def _lake(sheet: Sheet) -> None:
    _sky(sheet, (198, 212, 216), (244, 230, 208), 150)
    _hills(sheet, 156, 40, 1.4, (140, 156, 140))
    _hills(sheet, 160, 22, 3.1, MOSS)
    sheet.box(0, 158, WIDTH, HEIGHT, (152, 172, 178))
    _ripples(sheet, 168, (208, 214, 208))
    sheet.box(60, 226, 250, 236, SOIL)
    for x in (70, 140, 210):
        sheet.box(x, 232, x + 7, 290, (86, 66, 50))


def _tiles(sheet: Sheet) -> None:
    size = 80
    for top in range(0, HEIGHT, size):
        for left in range(0, WIDTH, size):
            _tile(sheet, left, top, size)


def _tile(sheet: Sheet, left: int, top: int, size: int) -> None:
    middle_x, middle_y = left + size / 2, top + size / 2
    for corner_x, corner_y in ((0, 0), (size, 0), (0, size), (size, size)):
        turn = math.atan2(corner_y - size / 2, corner_x - size / 2)
        for share in (0.22, 0.34):
            x = middle_x + math.cos(turn) * size * share
            y = middle_y + math.sin(turn) * size * share
            sheet.disc(x, y, 12 - 14 * share, BLUE if share < 0.3 else (108, 148, 190))
    sheet.disc(middle_x, middle_y, 9, AMBER)
    sheet.disc(middle_x, middle_y, 4, PAPER)
    edge = ((left, top), (left + size, top), (left + size, top + size), (left, top + size))
    sheet.line((*edge, edge[0]), (176, 190, 204), pen=0.7)


def _whiteboard(sheet: Sheet) -> None:
    sheet.box(0, 0, WIDTH, HEIGHT, (246, 247, 245))
    places = {"a": (70, 80), "b": (220, 60), "c": (380, 100), "d": (120, 230), "e": (320, 240)}
    for one, other in ("ab", "bc", "ad", "de", "ec", "be"):
        sheet.line((places[one], places[other]), (150, 156, 160), pen=1.5)
    for name, (x, y) in places.items():
        sheet.box(x - 34, y - 20, x + 34, y + 20, (246, 247, 245))
        frame = ((x - 34, y - 20), (x + 34, y - 18), (x + 33, y + 20), (x - 35, y + 19))
        sheet.line((*frame, frame[0]), RED if name == "e" else BLUE)
        for row in (-7, 1, 9):
            sheet.line(((x - 24, y + row), (x + 10 + row, y + row)), INK, pen=0.8)
    for number, (x, y) in enumerate(((60, 150), (410, 190), (230, 130), (420, 50))):
        sheet.disc(x, y, 9, (MOSS, AMBER, RED, BLUE)[number])


def _magnets(sheet: Sheet) -> None:
    sheet.box(0, 0, WIDTH, HEIGHT, (240, 242, 240))
    for x in range(30, WIDTH, 84):
        sheet.line(((x, 24), (x, 296)), (190, 196, 198), pen=0.8)
    for y in range(24, HEIGHT, 34):
        sheet.line(((30, y), (450, y)), (190, 196, 198), pen=0.8)
    for lane, places in enumerate(((0, 1, 3, 6), (0, 2, 3), (1, 4), (0, 1, 2, 5), (3,))):
        for row in places:
            sheet.disc(
                72 + 84 * lane, 41 + 34 * row, 12, (MOSS, BLUE, AMBER, RED)[(lane + row) % 4]
            )
    for row in (5, 6, 7):
        sheet.disc(408, 41 + 34 * row, 12, (160, 164, 164))


def _bread(sheet: Sheet) -> None:
    sheet.box(0, 210, WIDTH, HEIGHT, (196, 164, 124))
    for y in range(216, HEIGHT, 13):
        sheet.line(((0, y), (WIDTH, y + 3)), (184, 150, 110), pen=0.8)
    sheet.disc(240, 196, 150, (120, 78, 44), flat=0.52)
    sheet.disc(240, 190, 142, (160, 106, 60), flat=0.5)
    for shift in (-70, -20, 30):
        cut = [(240 + shift + t * 46, 148 + abs(t - 0.5) * 18 + t * 70) for t in (0, 0.3, 0.6, 1)]
        sheet.line(cut, (226, 190, 138), pen=4)


def _box(sheet: Sheet) -> None:
    sheet.box(0, 240, WIDTH, HEIGHT, (214, 204, 186))
    for turn in (-1.1, -0.6, -0.2, 0.25, 0.7, 1.15):
        tip = (250 + 110 * math.sin(turn), 150 - 96 * math.cos(turn))
        sheet.line(((250, 170), (250 + 40 * math.sin(turn), 110), tip), MOSS, pen=5)
    sheet.box(150, 160, 350, 272, (190, 154, 108))
    sheet.box(150, 160, 350, 172, (168, 132, 90))
    sheet.box(236, 160, 264, 272, (206, 176, 132))
    sheet.line(((350, 190), (400, 214), (430, 270), (462, 268)), INK)


def _allotment(sheet: Sheet) -> None:
    _sky(sheet, (204, 214, 214), (238, 232, 214), 140)
    _hills(sheet, 146, 30, 2.0, (128, 140, 112))
    sheet.box(0, 140, WIDTH, HEIGHT, (138, 146, 96))
    sheet.box(318, 84, 430, 160, (140, 104, 78))
    for y in range(60, 86):
        sheet.span(y, 374 - (y - 60) * 3, 374 + (y - 60) * 3, RED)
    for number, left in enumerate(range(30, 290, 64)):
        sheet.box(left, 180, left + 44, 300, SOIL)
        for y in range(190, 296, 16):
            sheet.disc(left + 22, y, 6, (MOSS, (120, 140, 80), AMBER)[number % 3])
    sheet.disc(404, 262, 58, (88, 68, 52), flat=0.5)


def _page(sheet: Sheet) -> None:
    sheet.box(40, 30, 440, 290, (120, 88, 60))
    sheet.box(56, 46, 424, 274, (254, 252, 246))
    for top, colour, lengths in ((84, RED, (60, 190, 44)), (186, MOSS, (60, 150, 92))):
        sheet.box(80, top, 86, top + 54, colour)
        left = 104
        for number, length in enumerate(lengths):
            y = top + 10 + number * 18
            sheet.box(left, y, left + length, y + 6, INK)
            sheet.box(left + length + 12, y, left + length + 50, y + 6, (150, 146, 138))


DRAWINGS: dict[str, Callable[[Sheet], None]] = {
    "allotment": _allotment,
    "box": _box,
    "bread": _bread,
    "canal": _canal,
    "lake": _lake,
    "magnets": _magnets,
    "page": _page,
    "tiles": _tiles,
    "whiteboard": _whiteboard,
}
