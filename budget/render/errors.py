"""The one family of refusals that renderers raise."""

from __future__ import annotations


class RenderError(Exception):
    """A document cannot be written in a format without loss.

    The message is a Chinese sentence that says what is wrong and where. Renderers raise this or a
    subclass of it, and never leave something out to avoid it.
    """
