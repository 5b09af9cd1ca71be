"""Why a PDF was not written."""

from __future__ import annotations

from budget.render.errors import RenderError


class MissingLibrary(RenderError):
    """The machine has no Pango, or one that cannot be loaded."""


class MissingFonts(RenderError):
    """The project's faces are not there, or something else was set in their place."""


class MissingGlyph(RenderError):
    """No face has a character of the document: paper would show a box."""


class BadText(RenderError):
    """The document has a character that cannot stand in any text, such as a control character."""


class BlockedAddress(RenderError):
    """The document asked for something outside itself."""


class BadLayout(RenderError):
    """WeasyPrint reported an error of another kind."""
