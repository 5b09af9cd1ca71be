"""How a refusal is answered: a page for people, JSON for scripts, the same words in both."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from budget.models import OutOfSight, Refused, WrongState

SIGN_IN = "登录已过期或尚未登录，请重新登录后再试；未保存的内容仍在本页。"
NOT_THERE = "没有这个页面，或者您无权知道它的存在。"


def wants_json(request: HttpRequest) -> bool:
    """Return whether a script asks: by its Accept header, or at an address only scripts use."""
    path = request.path.rstrip("/")
    accepted = request.headers.get("Accept", "")
    return path.startswith("/api/") or path.endswith("/save") or "application/json" in accepted


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page; a script is told instead (401)."""
    if wants_json(request):
        return said(401, SIGN_IN)
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Answer a refusal: 404 for what is out of sight, 409 for the wrong state, otherwise 403."""
    if isinstance(refusal, OutOfSight):
        return _answer(request, 404, NOT_THERE, {"reason": NOT_THERE})
    if isinstance(refusal, WrongState):
        context = {"refusal": refusal, "reason": str(refusal)}
        return _answer(request, 409, str(refusal), context, state=refusal.state.value)
    return _answer(request, 403, str(refusal), {"reason": str(refusal)})


def said(status: int, message: str, **more: str) -> JsonResponse:
    """Return a refusal for a script."""
    return JsonResponse({"message": message, **more}, status=status)


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Say that there were too many wrong passwords (429)."""
    return render(request, "account/locked.html", status=429)


def _answer(
    request: HttpRequest, status: int, message: str, context: dict[str, Any], **more: str
) -> HttpResponse:
    if wants_json(request):
        return said(status, message, **more)
    return render(request, f"{status}.html", context, status=status)
