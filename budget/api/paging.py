"""Lists page by page, in an order that never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from budget.api.answers import Object
from budget.api.errors import NotThere


@dataclass(frozen=True)
class Page:
    """One page of a list: its items, how many there are on all pages, and the ways from here."""

    items: Sequence[Any]
    count: int
    next: str | None
    previous: str | None

    def plain(self, results: Sequence[Object]) -> Object:
        """Return what JSON says of the page with these objects on it."""
        return {
            "count": self.count,
            "next": self.next,
            "previous": self.previous,
            "results": results,
        }

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """The header that tells the ways also to readers of CSV and XLSX."""
        ways = (("next", self.next), ("prev", self.previous))
        told = ", ".join(f'<{url}>; rel="{way}"' for way, url in ways if url)
        return (("Link", told),) if told else ()


def page_of(
    request: Request, everything: QuerySet[Any] | Sequence[Any], page: int, page_size: int
) -> Page:
    """Return a page. Raises NotThere beyond the last. Two queries for what is stored."""
    count = everything.count() if isinstance(everything, QuerySet) else len(everything)
    last = max(1, -(-count // page_size))
    if page > last:
        raise NotThere(
            f"没有第 {page} 页：共 {count} 条，每页 {page_size} 条，最后一页是第 {last} 页。"
        )
    return Page(
        items=list(everything[(page - 1) * page_size : page * page_size]),
        count=count,
        next=_at(request, page + 1) if page < last else None,
        previous=_at(request, page - 1) if page > 1 else None,
    )


def _at(request: Request, page: int) -> str:
    query = request.query_params.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"
