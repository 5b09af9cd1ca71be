"""A pie as SVG: sectors in shades of one ink, each numbered, and a legend that says everything.

The numbers tie sectors to the legend without colour, so the picture reads in black and white.
Fonts stand as attributes because style sheets of a page do not reach SVG in print. Geometry is
floating point: no money is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import cos, pi, sin

from budget.document import Slice

WIDTH = 448
RADIUS = 72
CENTRE_X = 92
TOP = 12
LEGEND_X = 196
LINE = 38
SMALL = 11
FONT = "FandolHei, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
SHADES = ("#1f3a5f", "#8fa6c4", "#4d6f9c", "#c9d4e3", "#35557f", "#a9bbd3", "#6b89b0", "#e2e8f0")
DARK = frozenset({"#1f3a5f", "#4d6f9c", "#35557f", "#6b89b0"})


def pie(slices: tuple[Slice, ...], unit: str, description: str) -> str:
    """Return the SVG of a pie with its legend; ``description`` is its text alternative."""
    height = TOP * 2 + max(2 * RADIUS, LINE * len(slices))
    centre_y = height / 2
    drawing = "".join(_sectors(slices, centre_y))
    legend = "".join(_legend(slices, unit, centre_y))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" font-family="{FONT}" font-size="12">'
        f"<title>{escape(description)}</title>{drawing}{legend}</svg>"
    )


def _sectors(slices: tuple[Slice, ...], centre_y: float) -> Iterator[str]:
    whole = float(sum(each.amount for each in slices))
    start = 0.0
    for place, each in enumerate(slices):
        end = start + float(each.amount) / whole
        yield _sector(start, end, centre_y, SHADES[place % len(SHADES)])
        if len(slices) > 1:
            yield _number(place, (start + end) / 2, end - start, centre_y)
        start = end


def _sector(start: float, end: float, centre_y: float, fill: str) -> str:
    """Return one sector; a full circle needs another element than an arc."""
    stroke = 'stroke="#ffffff" stroke-width="1"'
    if end - start > 0.9999:
        return f'<circle cx="{CENTRE_X}" cy="{centre_y:g}" r="{RADIUS}" fill="{fill}"/>'
    x1, y1 = _point(start, RADIUS, centre_y)
    x2, y2 = _point(end, RADIUS, centre_y)
    large = int(end - start > 0.5)
    return (
        f'<path d="M{CENTRE_X} {centre_y:g}L{x1:.2f} {y1:.2f}'
        f'A{RADIUS} {RADIUS} 0 {large} 1 {x2:.2f} {y2:.2f}Z" fill="{fill}" {stroke}/>'
    )


def _number(place: int, middle: float, share: float, centre_y: float) -> str:
    """Number a sector inside where there is room, beside it where there is not."""
    is_inside = share >= 0.06
    x, y = _point(middle, RADIUS * (0.68 if is_inside else 1.1), centre_y)
    is_light = is_inside and SHADES[place % len(SHADES)] in DARK
    colour = "#ffffff" if is_light else "#1c2733"
    return (
        f'<text x="{x:.2f}" y="{y + 4:.2f}" text-anchor="middle" fill="{colour}">{place + 1}</text>'
    )


def _legend(slices: tuple[Slice, ...], unit: str, centre_y: float) -> Iterator[str]:
    top = centre_y - LINE * len(slices) / 2
    for place, each in enumerate(slices):
        y = top + LINE * place
        fill = SHADES[place % len(SHADES)]
        number = f"{place + 1} " if len(slices) > 1 else ""
        figures = f"{each.amount_text}{unit}　{each.share_text}%"
        yield (
            f'<rect x="{LEGEND_X}" y="{y + 5:g}" width="11" height="11" fill="{fill}" '
            f'stroke="#1f3a5f" stroke-width="0.5"/>'
            f'<text x="{LEGEND_X + 18}" y="{y + 15:g}" fill="#1c2733">'
            f"{escape(number + each.label)}</text>"
            f'<text x="{LEGEND_X + 18}" y="{y + 30:g}" font-size="{SMALL}" fill="#4a5866">'
            f"{escape(figures)}</text>"
        )


def _point(turn: float, radius: float, centre_y: float) -> tuple[float, float]:
    """Return the point at a share of a turn, clockwise from the top."""
    angle = 2 * pi * turn - pi / 2
    return CENTRE_X + radius * cos(angle), centre_y + radius * sin(angle)
