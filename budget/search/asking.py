"""Asking the index: how often the words are found, and one page of where.

A word such as 支出 stands in every document; to count or to sort half a million passages would
take longer than anybody waits. So passages are counted up to a limit, and sorted year by year,
only those years that the page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from budget.models import Passage, PassageKind, Release
from budget.search.queries import COUNTING, LANGUAGES, department_mark, kind_mark, year_mark
from budget.search.reading import LONGEST_QUESTION
from budget.search.words import Phrase, phrases

PAGE = 20
"""Passages on a page."""

MOST = 200
"""Passages that can be leafed through; whoever finds more has to say more."""

NAMES = 8
"""Documents shown because their own name has the words."""

YEAR = re.compile(r"^((?:19|20)[0-9]{2})年(?:度)?$")
"""A year among the words asks for the budgets of that year."""


class BadQuestion(ValueError):
    """Nothing can be looked for. The message is a Chinese sentence for who asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for; ``year`` and ``department`` (three digits) narrow it where given."""

    phrases: tuple[Phrase, ...]
    year: int | None = None
    department: str = ""

    def found(self, *marks: str) -> QuerySet[Passage]:
        """Return the passages that have all phrases and further marks, in no order."""
        return Passage.objects.filter(grams__found=self.query(*marks))

    def query(self, *marks: str) -> str:
        """Return the question, and further marks, in the language of the engine at hand."""
        own = (department_mark(self.department),) if self.department else ()
        return LANGUAGES[connection.vendor]((*marks, *own), self.phrases)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, as far as ``MOST``; ``is_more`` says that there is more.

    ``named`` are documents whose name has the words, ``passages`` those of the page by year (the
    latest first), code and place in the document.
    """

    named: tuple[Passage, ...]
    passages: tuple[Passage, ...]
    total: int
    is_more: bool
    page: int
    pages: int


def question(text: str, year: int | None = None, department: str = "") -> Question:
    """Return the question that somebody typed. Raises BadQuestion."""
    if len(text) > LONGEST_QUESTION:
        raise BadQuestion(f"一次最多查找 {LONGEST_QUESTION} 个字，请只写要找的词。")
    text, year = without_year(text, year)
    wanted = phrases(text)
    if not wanted:
        raise BadQuestion("请写出要找的词，例如：三公经费、公务接待费、某个单位的名称。")
    for each in wanted:
        if each.is_short:
            raise BadQuestion(f"“{each.words[0]}”只有一个字，几乎处处都有，请至少写两个字。")
    return Question(wanted, year, department)


def ask(wanted: Question, page: int = 1) -> Answer:
    """Return one page of what is found; a page past the end is the last.

    As many queries as there are years, and two: mostly three or four.
    """
    years = _years(wanted)
    counted = _counted(wanted)
    total = sum(counted.values())
    pages = max(-(-min(total, MOST) // PAGE), 1)
    page = min(max(page, 1), pages)
    known = counted if total <= MOST else {}
    return Answer(
        named=tuple(_named(wanted)),
        passages=tuple(_page(wanted, years, known, (page - 1) * PAGE)) if total else (),
        total=min(total, MOST),
        is_more=total > MOST,
        page=page,
        pages=pages,
    )


def without_year(text: str, year: int | None) -> tuple[str, int | None]:
    """Return the words without those that name a year, and that year; a year alone is a word."""
    words = text.split()
    named = [word for word in words if YEAR.match(word)]
    if year or len(named) != 1 or len(words) == 1:
        return text, year
    return " ".join(word for word in words if word not in named), int(named[0][:4])


def _years(wanted: Question) -> list[int]:
    """Return the years to look in, the latest first."""
    if wanted.year:
        return [wanted.year]
    return sorted(
        Release.objects.order_by().values_list("year", flat=True).distinct(), reverse=True
    )


def _counted(wanted: Question) -> dict[int, int]:
    """Return how many passages each year has, all of them unless there are more than ``MOST``."""
    marks = (year_mark(wanted.year),) if wanted.year else ()
    with connection.cursor() as cursor:
        cursor.execute(COUNTING[connection.vendor], [wanted.query(*marks), MOST + 1])
        return dict(cursor.fetchall())


def _named(wanted: Question) -> QuerySet[Passage]:
    marks = (kind_mark(PassageKind.NAME), *((year_mark(wanted.year),) if wanted.year else ()))
    found = wanted.found(*marks).order_by("-year", "code", "place")
    return _with_release(found)[:NAMES]


def _page(
    wanted: Question, years: list[int], known: dict[int, int], skipped: int
) -> Iterator[Passage]:
    """Yield a page's passages, year by year; ``known`` is empty where not all were counted."""
    left = PAGE
    for year in years:
        found = wanted.found(year_mark(year))
        count = known.get(year, 0) if known else found[: skipped + PAGE].count()
        if count > skipped:
            ordered = _with_release(found.order_by("code", "place"))
            taken = list(ordered[skipped : skipped + left])
            yield from taken
            left -= len(taken)
        skipped = max(skipped - count, 0)
        if not left:
            return


def _with_release(found: QuerySet[Passage]) -> QuerySet[Passage]:
    return found.select_related("release").defer("grams", "release__content")
