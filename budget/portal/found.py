"""What a search found, as its page shows it: by document, the words marked, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from budget.models import Passage, PassageKind
from budget.portal.shelves import Entry
from budget.search.asking import Answer, Question, without_year
from budget.search.snippets import Piece, snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage: what it stands under, the part that was found, and where it stands."""

    kind: str
    heading: str
    pieces: tuple[Piece, ...]
    url: str


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """One document with what was found in it on this page."""

    entry: Entry
    hits: tuple[Hit, ...]
    own: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to the same words in another year."""

    label: str
    url: str
    is_here: bool


def link(text: str, year: int | None = None, department: str = "", page: int = 1) -> str:
    """Return the address of a search."""
    asked = {"q": text, "year": year, "department": department, "page": page if page > 1 else ""}
    told = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('portal:search')}?{told}"


def found(answer: Answer, asked: Question, text: str, years: Iterable[int]) -> dict[str, Any]:
    """Return what the page shows of an answer; ``years`` are those that can be asked for."""
    code, page = asked.department, answer.page

    def turned(number: int) -> str:
        return link(text, asked.year, code, number) if 1 <= number <= answer.pages else ""

    return {
        "answer": answer,
        "year": asked.year,
        "named": [Entry(each.release) for each in answer.named] if page == 1 else (),
        "documents": list(_documents(answer, asked, text)),
        "everywhere": link(text, asked.year) if code else "",
        "ways": [
            Way(_called(year), link(_bare(text), year, code), year == asked.year)
            for year in (None, *years)
        ],
        "previous": turned(page - 1),
        "next": turned(page + 1),
    }


def _called(year: int | None) -> str:
    return f"{year} 年" if year else "全部年度"


def _bare(text: str) -> str:
    """Return the words without a year among them, which another year would contradict."""
    return without_year(text, None)[0]


def _documents(answer: Answer, asked: Question, text: str) -> Iterator[FoundDocument]:
    for _, group in groupby(answer.passages, key=lambda each: each.release_id):
        passages = list(group)
        entry = Entry(passages[0].release)
        hits = tuple(_hit(each, asked) for each in passages)
        yield FoundDocument(entry, hits, link(_bare(text), department=entry.release.code[:3]))


def _hit(passage: Passage, asked: Question) -> Hit:
    return Hit(
        kind=PassageKind(passage.kind).label,  # type: ignore[call-arg]
        heading=passage.heading,
        pieces=snippet(passage.text, asked.phrases),
        url=_url(passage),
    )


def _url(passage: Passage) -> str:
    """Return the place of a passage in the release that holds now, which needs no number."""
    names: dict[str, Any] = {"code": passage.code, "year": passage.year}
    if passage.table:
        page = reverse("portal:table", kwargs={**names, "table": passage.table})
    else:
        page = reverse("portal:disclosure", kwargs=names)
    return f"{page}#{passage.anchor}" if passage.anchor else page
