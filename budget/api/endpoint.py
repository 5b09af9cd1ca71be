"""What every address does alike: parameters, format, headers, and nothing sent twice."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag
from rest_framework.request import Request
from rest_framework.views import APIView

from budget.api.answers import Answer, written
from budget.api.negotiation import Csv, Json, Xlsx
from budget.api.parameters import Parameters, taken
from budget.canonical import digest
from budget.models import Release
from budget.release.finding import document

FORM = 1
"""Goes up when the same release is answered in another way: readers' copies are then stale."""

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, Content-Disposition",
}
"""Open data: pages of any other site may read it too. No answer depends on who is signed in."""

FRESH = "public, no-cache"
"""Kept by whoever likes, and asked for again each time: a release can be withdrawn any minute."""


class Address(APIView):
    """An address that answers GET, and readers on other sites too."""

    renderer_classes = (Json, Csv, Xlsx)
    parameters: type[Parameters] = Parameters
    http_method_names = ("get", "head", "options")

    def options(self, request: Request, **names: Any) -> HttpResponse:
        """Tell a browser that pages of other sites may read this."""
        return HttpResponse(status=204)

    def finalize_response(self, *given: Any, **names: Any) -> HttpResponseBase:
        """Add the headers that every answer has, refusals too."""
        response: HttpResponseBase = super().finalize_response(*given, **names)
        for name, value in OPEN.items():
            response[name] = value
        response.setdefault("Cache-Control", FRESH)
        return response


class Endpoint(Address, ABC):
    """An address of what may change from day to day; its tag is the digest of what is sent."""

    def get(self, request: Request, **names: Any) -> HttpResponseBase:
        """Answer."""
        asked = taken(request.query_params, self.parameters)
        sent = sending(request, self.answer(request, asked, **names))
        return unless_known(request, sent, digest(sent.content), None)

    @abstractmethod
    def answer(self, request: Request, asked: dict[str, Any], **names: Any) -> Answer:
        """Return what there is to say. Raises what `errors.answered` knows."""


class OfRelease(Address, ABC):
    """An address of what one release says; its tag is the release's digest.

    Whoever has it is told so before the contents are loaded.
    """

    def get(
        self, request: Request, code: str, year: int, version: int | None, **names: str
    ) -> HttpResponseBase:
        """Answer from the release that the address names."""
        taken(request.query_params, self.parameters)
        release = document(code, year).version(version)
        tag = f"{release.digest}-{release.number}-{request.accepted_renderer.format}-{FORM}"
        known = unless_known(request, HttpResponse(), tag, release.published_at)
        if known.status_code != 200:
            return known
        sent = sending(request, self.told(release, **names))
        return _tagged(sent, tag, release.published_at)

    @abstractmethod
    def told(self, release: Release, **names: str) -> Answer:
        """Return what the release says. Raises NotThere."""


def sending(request: Request, answer: Answer) -> HttpResponse:
    """Return an answer in the format that is wanted. Raises RenderError."""
    sent = written(answer, request.accepted_renderer.format)
    response = HttpResponse(sent.content, content_type=sent.content_type)
    if sent.name:
        response["Content-Disposition"] = content_disposition_header(True, sent.name)
    for name, value in answer.headers:
        response[name] = value
    return response


def unless_known(
    request: Request, response: HttpResponse, tag: str, since: datetime | None
) -> HttpResponseBase:
    """Return the response with its tag, or 304 where whoever asks already has it."""
    found: HttpResponseBase | None = get_conditional_response(
        request,
        etag=quote_etag(tag),
        last_modified=int(since.timestamp()) if since else None,
        response=_tagged(response, tag, since),
    )
    return response if found is None else found


def _tagged(response: HttpResponse, tag: str, since: datetime | None) -> HttpResponse:
    response["ETag"] = quote_etag(tag)
    if since:
        response["Last-Modified"] = http_date(since.timestamp())
    return response
