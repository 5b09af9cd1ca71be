"""A question in the language of each engine's index.

Years, departments and kinds of passages are words of the index too, so that a filter is answered
by the index itself. They hold digits behind a letter other than n, as no word of a text does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budget.models.passages import PassageKind
from budget.search.words import Phrase

KINDS = {kind: f"k{place}" for place, kind in enumerate(PassageKind)}


def year_mark(year: int) -> str:
    """Return the word that all passages of a year have."""
    return f"y{year}"


def department_mark(code: str) -> str:
    """Return the word that all passages of a department and of its units have."""
    return f"d{code[:3]}"


def kind_mark(kind: PassageKind) -> str:
    """Return the word that all passages of a kind have."""
    return KINDS[kind]


def sqlite(marks: Iterable[str], phrases: Sequence[Phrase]) -> str:
    """Return a query of FTS5."""
    return " AND ".join(
        (
            *(f'"{mark}"' for mark in marks),
            *(f'"{" ".join(each.grams)}"{" *" if each.is_open else ""}' for each in phrases),
        )
    )


def postgresql(marks: Iterable[str], phrases: Sequence[Phrase]) -> str:
    """Return a tsquery."""
    return " & ".join((*(f"'{mark}'" for mark in marks), *map(_followed, phrases)))


def _followed(phrase: Phrase) -> str:
    words = " <-> ".join(f"'{gram}'" for gram in phrase.grams)
    return f"({words}{':*' if phrase.is_open else ''})"


LANGUAGES = {"sqlite": sqlite, "postgresql": postgresql}

COUNTING = {
    "sqlite": (
        "SELECT year, count(*) FROM (SELECT rowid AS id FROM budget_passage_found"
        " WHERE budget_passage_found MATCH %s LIMIT %s) JOIN budget_passage USING (id)"
        " GROUP BY year"
    ),
    "postgresql": (
        "SELECT year, count(*) FROM (SELECT year FROM budget_passage"
        " WHERE found @@ %s::tsquery LIMIT %s) AS counted GROUP BY year"
    ),
}
"""SQL that counts passages by year up to a limit, given a query and the limit: the engine stops
there, as it would not for a condition of Django's."""
