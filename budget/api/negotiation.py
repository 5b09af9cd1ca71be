"""Which format is wanted: ``?format=`` says it, otherwise the Accept header, otherwise JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from budget.api.answers import CONTENT_TYPES
from budget.api.errors import Malformed

PARAMETER = "format"


class _Format(BaseRenderer):
    """A format as far as negotiation and the schema ask: what is sent is written by `answers`."""

    charset = None

    def render(self, data: Any, *_: Any, **__: Any) -> bytes:
        """Raise TypeError: no view hands anything over to be rendered later."""
        raise TypeError(
            f"the {self.format} of an answer is written by budget.api.answers; "
            "a view returns an HttpResponse, never data to be rendered"
        )


class Json(_Format):
    """Objects, for programs."""

    media_type = "application/json"
    format = "json"


class Csv(_Format):
    """Rows, for programs and spreadsheets."""

    media_type = "text/csv"
    format = "csv"


class Xlsx(_Format):
    """A workbook, for people."""

    media_type = CONTENT_TYPES["xlsx"]
    format = "xlsx"


class ByParameter(DefaultContentNegotiation):
    """Takes the parameter's word over the header's, and names the formats that there are."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer and its media type. Raises Malformed and NotAcceptable."""
        wanted = request.query_params.get(PARAMETER)
        if wanted is None:
            found: tuple[BaseRenderer, str] = super().select_renderer(request, renderers)
            return found
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        known = "、".join(renderer.format for renderer in renderers)
        raise Malformed(f"参数 format：没有“{wanted}”这种格式；可用的有 {known}。")
