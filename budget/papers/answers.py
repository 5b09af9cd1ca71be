"""What a page of papers answers where a paper cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from budget.book import UnknownUnit
from budget.papers.asked import Unprintable
from budget.papers.limits import WITHIN, TooMany
from budget.render.errors import RenderError
from budget.rules.settings import UnreadableSetting

Page = Callable[..., HttpResponseBase]
WAIT = "您要的文件正在生成，或一分钟内生成的文件过多，请稍候再试。"


def told(page: Page) -> Page:
    """Let a page say in Chinese why a paper cannot be made now."""

    @wraps(page)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except UnknownUnit as error:
            raise Http404(str(error)) from error
        except TooMany:
            answer = _said(request, WAIT, 429)
            answer["Retry-After"] = str(WITHIN)
            return answer
        except (Unprintable, RenderError, UnreadableSetting) as error:
            return _said(request, str(error), 409)

    return answered


def _said(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    match = request.resolver_match
    kwargs = match.kwargs if match else {}
    context = {"reason": reason, "code": kwargs.get("code"), "year": kwargs.get("year")}
    return render(request, "papers/refusal.html", context, status=status)
