"""Parley's mark for Teams, drawn here: two speech shapes that meet, and what they share."""

import math
import struct
import zlib
from collections.abc import Callable

Point = tuple[float, float]
Colour = tuple[float, float, float, float]  # red, green, blue and opacity, from 0 to 1
Shape = Callable[[Point], float]  # how far outside a point lies; negative inside

COLOUR, OUTLINE = 192, 32  # pixels, as Teams wants them
INK: Colour = (0.122, 0.165, 0.267, 1.0)
LEFT: Colour = (0.298, 0.745, 0.702, 1.0)
RIGHT: Colour = (0.965, 0.667, 0.408, 1.0)
SHARED: Colour = (1.0, 0.980, 0.941, 1.0)
WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
NOTHING: Colour = (1.0, 1.0, 1.0, 0.0)


def colour() -> bytes:
    """The full-colour icon, a PNG of 192 pixels."""
    left, right = _pair()

    def at(point: Point, pixel: float) -> Colour:
        mine, yours = _inside(left(point), pixel), _inside(right(point), pixel)
        drawn = _mix(_mix(INK, LEFT, mine), RIGHT, yours)
        return _mix(drawn, SHARED, mine * yours)

    return _png(COLOUR, at)


def outline() -> bytes:
    """The outline icon, a PNG of 32 pixels: white lines on nothing."""
    left, right = _pair(grown=0.035)
    line = 0.036

    def at(point: Point, pixel: float) -> Colour:
        mine, yours = left(point), right(point)
        front = _inside(abs(mine) - line, pixel)
        behind = _inside(abs(yours) - line, pixel) * (1 - _inside(mine - 2.2 * line, pixel))
        return _mix(NOTHING, WHITE, max(front, behind))

    return _png(OUTLINE, at)


def _pair(grown: float = 0.0) -> tuple[Shape, Shape]:
    """Two bubbles in a square from 0 to 1, the tail of each at its own outer corner."""
    left = _bubble((0.385, 0.39), (0.235 + grown, 0.18 + grown), ((0.2, 0.5), (0.34, 0.5), (0.2, 0.7)))
    right = _bubble((0.615, 0.56), (0.235 + grown, 0.18 + grown), ((0.8, 0.66), (0.66, 0.66), (0.8, 0.86)))
    return left, right


def _bubble(middle: Point, half: Point, tail: tuple[Point, Point, Point]) -> Shape:
    radius = 0.1

    def distance(point: Point) -> float:
        across = abs(point[0] - middle[0]) - half[0] + radius
        down = abs(point[1] - middle[1]) - half[1] + radius
        box = math.hypot(max(across, 0.0), max(down, 0.0)) + min(max(across, down), 0.0) - radius
        return min(box, _triangle(point, tail))

    return distance


def _triangle(point: Point, corners: tuple[Point, Point, Point]) -> float:
    nearest, sides = math.inf, []
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        edge, to = (bx - ax, by - ay), (point[0] - ax, point[1] - ay)
        along = min(max((to[0] * edge[0] + to[1] * edge[1]) / (edge[0] ** 2 + edge[1] ** 2), 0.0), 1.0)
        nearest = min(nearest, math.hypot(to[0] - edge[0] * along, to[1] - edge[1] * along))
        sides.append(edge[0] * to[1] - edge[1] * to[0] > 0)
    return -nearest if all(sides) or not any(sides) else nearest


def _inside(distance: float, pixel: float) -> float:
    """How much of a pixel lies inside an edge, from 0 to 1."""
    return min(max(0.5 - distance / pixel, 0.0), 1.0)


def _mix(under: Colour, over: Colour, much: float) -> Colour:
    red, green, blue, opacity = (a + (b - a) * much for a, b in zip(under, over, strict=True))
    return red, green, blue, opacity


def _png(size: int, at: Callable[[Point, float], Colour]) -> bytes:
    pixel = 1 / size
    rows = (
        b"\0" + bytes(round(255 * part) for x in range(size) for part in at(((x + 0.5) * pixel, y), pixel))
        for y in ((row + 0.5) * pixel for row in range(size))
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)  # eight bits each of red, green, blue, opacity
    body = zlib.compress(b"".join(rows), 9)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
