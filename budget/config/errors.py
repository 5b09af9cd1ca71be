"""What is answered when a request cannot be, or something broke: in Chinese, without the database.

The pages are whole files without a masthead: who is signed in is not asked once things go wrong.
"""

from __future__ import annotations

import sys

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from budget.access.answers import said, wants_json

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
OUT_OF_REACH = (OperationalError, InterfaceError)
SECONDS = 30
"""After how long a client may ask again when the database does not answer."""

WORDS = {
    400: "请求有误，没有处理。",
    413: "一次提交的内容过多，没有保存。请分几次提交，或改用填报工作簿导入。",
    500: "系统出错，这次操作没有完成。请稍后再试。",
    503: "系统暂时不能办理，请过半分钟再试；没有提交的内容仍在本页。",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request was refused: because it is too large (413), or makes no sense (400)."""
    return _answer(request, 413 if isinstance(exception, TOO_MUCH) else 400)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the database is out of reach (503), or that something broke (500)."""
    if not isinstance(sys.exc_info()[1], OUT_OF_REACH):
        return _answer(request, 500)
    answer = _answer(request, 503)
    answer.headers["Retry-After"] = str(SECONDS)
    return answer


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    if wants_json(request):
        return said(status, WORDS[status])
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
