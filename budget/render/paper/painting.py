"""Pages that are painted once, however many files they go into.

Painting is a quarter of the time of a document and most of it when the sections come from the
cache. What a page paints depends on the page alone, but for two things that belong to the file: the
glyphs that its fonts must hold, and the structure tags. Both are noted while a page is painted by
itself, and added to each file that it goes into; a first painting takes the same way, so that files
made with and without a cache have the same bytes.

Names and attributes with an underscore are WeasyPrint's own: this module and ``measure`` know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import pydyf  # type: ignore[import-untyped]
from weasyprint.document import Document, Page
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import get_pango_font_key

NEWLINE = b"\n"
NUMBERED = ("XObject", "Pattern", "Shading")
"""Resources that are named by how many the file has already."""


@dataclass(frozen=True, slots=True)
class Painting:
    """What a page adds to a file: drawing operators, tags by box, fonts by key, opacities."""

    operators: bytes
    tags: Mapping[Any, Any]
    fonts: Mapping[Any, Any]
    opacities: Mapping[str, Any]


class Alone(Stream):  # type: ignore[misc]  # WeasyPrint has no types
    """The drawing of one page by itself.

    A font holds the bytes of its face, some megabytes: all pages of a process share them.
    """

    blank: ClassVar[dict[Any, Font]] = {}

    def add_font(self, pango_font: Any) -> tuple[Font, float]:
        """Return this page's own list of the glyphs that it takes from a font, and a size."""
        key, description, size = get_pango_font_key(pango_font)
        if key not in self.blank:
            self.blank[key] = Font(pango_font, description, size)
        if key not in self._fonts:
            self._fonts[key] = own_glyphs(self.blank[key])
        return self._fonts[key], size


def own_glyphs(font: Font) -> Font:
    """Return the same font with lists of glyphs of its own."""
    made = copy(font)
    made.widths = dict(font.widths)
    made.to_unicode = dict(font.to_unicode)
    made.missing = dict(font.missing)
    return made


def painted_once(document: Document) -> Document:
    """Return the same pages, which from now on keep what they paint, tagged and untagged."""
    for page in document.pages:
        page.paint = partial(paint, page, {})
    return document


def paint(page: Page, kept: dict[bool, Painting | None], stream: Stream, scale: float) -> None:
    """Paint a page into a file, from what was kept if it was painted before."""
    tagged = stream._tags is not None
    if tagged not in kept:
        kept[tagged] = painting(page, stream, scale)
    known = kept[tagged]
    if known is None:
        Page.paint(page, stream, scale)
    else:
        add(known, stream)


def painting(page: Page, stream: Stream, scale: float) -> Painting | None:
    """Return what a page paints by itself; None where that depends on the file, as for pictures."""
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in ("ExtGState", *NUMBERED)})
    resources["ColorSpace"] = stream._resources["ColorSpace"]
    images: dict[str, Any] = {}
    tags: dict[Any, Any] | None = None if stream._tags is None else {}
    alone = Alone(
        fonts={},
        page_rectangle=stream.page_rectangle,
        resources=resources,
        images=images,
        tags=tags,
        color_profiles=stream._color_profiles,
        output_intent=stream._output_intent,
        compress=stream.compress,
    )
    alone._ctm_stack = list(stream._ctm_stack)
    Page.paint(page, alone, scale)
    opacities = resources["ExtGState"]
    numbered = any(resources[name] for name in NUMBERED)
    if images or numbered or any(name.startswith("s") for name in opacities):
        return None
    operators = NEWLINE.join(map(pydyf._to_bytes, alone.stream))
    return Painting(operators, tags or {}, alone._fonts, dict(opacities))


def add(painting: Painting, stream: Stream) -> None:
    """Add to a file what a page paints; nothing of it is shared with another file."""
    stream.stream.append(painting.operators)
    if stream._tags is not None:
        stream._tags.update(painting.tags)
    for name, state in painting.opacities.items():
        stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))
    for key, font in painting.fonts.items():
        add_font(stream._fonts, key, font)


def add_font(fonts: dict[Any, Any], key: Any, font: Any) -> None:
    """Add the glyphs that a page takes from a font to those that the file must hold."""
    if key not in fonts:
        fonts[key] = own_glyphs(font)
        return
    held = fonts[key]
    held.widths.update(font.widths)
    held.to_unicode.update(font.to_unicode)
    held.missing.update(font.missing)
