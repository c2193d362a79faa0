"""The drawings are sound PNG files, each of its own."""

from __future__ import annotations

import struct
import zlib

import pytest

from upswing.demo import pictures
from upswing.demo.passages import corpus


@pytest.mark.parametrize("name", sorted(pictures.DRAWINGS))
def test_a_drawing_is_a_whole_png(name: str) -> None:
    data = pictures.draw(name)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (pictures.WIDTH, pictures.HEIGHT)
    start = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[start - 4 : start])
    dots = zlib.decompress(data[start + 4 : start + 4 + length])
    assert len(dots) == pictures.HEIGHT * (1 + 3 * pictures.WIDTH)
    (crc,) = struct.unpack(">I", data[start + 4 + length : start + 8 + length])
    assert crc == zlib.crc32(data[start : start + 4 + length])


def test_no_two_drawings_are_alike() -> None:
    assert len({pictures.draw(name) for name in pictures.DRAWINGS}) == len(pictures.DRAWINGS)


def test_every_picture_of_the_year_can_be_drawn_and_none_lies_idle() -> None:
    named = {entry.picture["draw"] for entry in corpus().entries if entry.picture}
    assert named == set(pictures.DRAWINGS)


def test_strokes_beyond_the_edge_are_cut() -> None:
    sheet = pictures.Sheet(pictures.PAPER)
    sheet.span(0, -50, pictures.WIDTH + 50, pictures.INK)
    sheet.span(-1, 0, 9, pictures.INK)
    sheet.span(pictures.HEIGHT, 0, 9, pictures.INK)
    assert sheet.rows[0] == bytes(pictures.INK) * pictures.WIDTH
    assert all(len(row) == 3 * pictures.WIDTH for row in sheet.rows)
