"""lz-string the other way round, for tests: what a program that keeps such backups writes."""

from __future__ import annotations

from upswing.exchange.lzstring import ALPHABET


def packed(text: str) -> str:
    """`text` packed and in Base64, as JavaScript's lz-string does it."""
    data = text.encode("utf-16-le")
    units = [
        data[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(data), 2)
    ]
    bits: list[int] = []
    codes: dict[str, int] = {}
    fresh: set[str] = set()
    size, width = 3, 2

    def put(value: int, count: int) -> None:
        bits.extend(value >> place & 1 for place in range(count))

    def emit(piece: str) -> None:
        nonlocal size, width
        if piece in fresh:
            wide = ord(piece) > 255
            put(1 if wide else 0, width)
            put(ord(piece), 16 if wide else 8)
            fresh.discard(piece)
            grow()
        else:
            put(codes[piece], width)
        grow()

    room = 2

    def grow() -> None:
        nonlocal room, width
        room -= 1
        if room == 0:
            room = 2**width
            width += 1

    piece = ""
    for unit in units:
        if unit not in codes:
            codes[unit] = size
            size += 1
            fresh.add(unit)
        if piece + unit in codes:
            piece += unit
            continue
        emit(piece)
        codes[piece + unit] = size
        size += 1
        piece = unit
    if piece:
        emit(piece)
    put(2, width)
    bits.append(0)  # lz-string always goes on to a whole character
    bits += [0] * (-len(bits) % 6)
    values = [int("".join(map(str, bits[at : at + 6])), 2) for at in range(0, len(bits), 6)]
    encoded = "".join(ALPHABET[value] for value in values)
    return encoded + "=" * (-len(encoded) % 4)
