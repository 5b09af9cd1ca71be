"""What is said when there is no answer: always JSON with a Chinese sentence in ``message``."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotAcceptable,
    ParseError,
    Throttled,
    UnsupportedMediaType,
)

from budget.release.finding import NeverPublished, NoLongerPublished
from budget.render.errors import RenderError


class Malformed(APIException):
    """A request says something that cannot be meant. The message is a Chinese sentence."""

    status_code = 400


class NotThere(APIException):
    """A document has no such table, cell or paragraph. The message is a Chinese sentence."""

    status_code = 404


READ_ONLY = "这里只提供查阅：请用 GET、HEAD 或 OPTIONS。"
NOT_ACCEPTABLE = "请求头 Accept 所要的格式不提供；可用 ?format=json、csv 或 xlsx 指定。"
NOTHING_TO_READ = "这里只提供查阅，不接受请求内容。"


def answered(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the answer to a refusal; None for an error of the program, which is raised on."""
    if isinstance(error, NoLongerPublished):
        return gone(error)
    if isinstance(error, Throttled):
        return _too_many(error)
    for kind, status, message in SAID:
        if isinstance(error, kind):
            return said(status, message or str(error))
    if isinstance(error, APIException):
        return said(error.status_code, str(error.detail))
    return None


SAID: tuple[tuple[type[Exception], int, str], ...] = (
    (NeverPublished, 404, ""),
    (Http404, 404, ""),
    (MethodNotAllowed, 405, READ_ONLY),
    (NotAcceptable, 406, NOT_ACCEPTABLE),
    (RenderError, 406, ""),
    (UnsupportedMediaType, 415, NOTHING_TO_READ),
    (ParseError, 400, NOTHING_TO_READ),
)
"""What becomes of an exception: status, and a sentence where its own is none for readers."""


def said(status: int, message: str, **more: object) -> JsonResponse:
    """Return a refusal."""
    return JsonResponse(
        {"message": message, **more}, status=status, json_dumps_params={"ensure_ascii": False}
    )


def gone(error: NoLongerPublished) -> JsonResponse:
    """Say of a withdrawn or sealed release that it is gone, since when and why."""
    return said(
        410,
        str(error),
        state=error.standing.value,
        reason=error.fact.ground.public_label,
        since=error.fact.at.isoformat(),
    )


def _too_many(error: Throttled) -> JsonResponse:
    seconds = math.ceil(error.wait or 1)
    answer = said(
        429,
        f"请求过于频繁：每个网络地址每分钟最多 {settings.API_PER_MINUTE} 次，"
        f"请 {seconds} 秒后再试。",
    )
    answer["Retry-After"] = str(seconds)
    return answer
