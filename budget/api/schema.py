"""The description of the interface: for programs (OpenAPI 3.1) and, from the same, for people."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from budget.api.answers import JSON_TYPE
from budget.api.endpoint import FRESH, OPEN, unless_known
from budget.api.errors import said
from budget.api.examples import names
from budget.api.reading import chapters
from budget.canonical import digest

NOWHERE = "接口里没有这个地址（数据的地址末尾不带斜杠）；全部地址见 /api/v1/docs/。"


@cache
def schema() -> dict[str, Any]:
    """Return the description as plain values. It depends on nothing but the program."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


@require_safe
def as_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the description."""
    content = json.dumps(schema(), ensure_ascii=False, indent=1).encode()
    response = HttpResponse(content, content_type=JSON_TYPE, headers=OPEN)
    response["Cache-Control"] = FRESH
    return unless_known(request, response, digest(content), None)


@require_safe
def as_page(request: HttpRequest) -> HttpResponse:
    """Show the description to people: a plain page without a script."""
    context = {
        "chapters": chapters(schema(), names()),
        "info": schema()["info"],
        "per_minute": settings.API_PER_MINUTE,
    }
    return render(request, "api/docs.html", context)


def nowhere(request: HttpRequest) -> HttpResponse:
    """Say in JSON that there is no such address."""
    response = said(404, NOWHERE)
    for name, value in OPEN.items():
        response[name] = value
    return response
