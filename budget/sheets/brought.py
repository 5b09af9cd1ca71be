"""What each sheet takes over from last year.

Money that was carried over, and what was handed on to the next year, is of its year alone. Planned
purchases of vehicles and equipment are too; what is held stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from budget.behind import CHANGE
from budget.book import BudgetBook, PriorFigure
from budget.document import Disclosure, Figure, Paragraph
from budget.drafting import draft
from budget.edition import EDITIONS, Edition
from budget.lines import Line
from budget.measures.registry import MEASURES
from budget.money import ZERO
from budget.remarks import Remarks
from budget.sheets.asked import AskedTexts
from budget.sheets.bringing import Brought, brings, continuing
from budget.sheets.columns import OTHER_NATURES
from budget.sheets.last_year import LastYear
from budget.sheets.part import Part
from budget.sheets.s40_projects import PROJECTS
from budget.sheets.s42_project_texts import TEXTS
from budget.terms import Holding, Nature

STAFF = ("authorised_staff", "actual_staff", "retired_staff")


def fields_of(row: object, *names: str) -> dict[str, Any]:
    """Return fields of a value as cells: nothing for blank texts."""
    values = {name: getattr(row, name) for name in names}
    return {name: None if value == "" else value for name, value in values.items()}


# ---- without money ----


@brings("about")
def about(last: LastYear, part: Part) -> Iterator[Brought]:
    """Staff and offices."""
    for unit in last.book.units:
        yield Brought({**fields_of(unit, *STAFF), "offices": list(unit.offices) or None}, row="1")


@brings("projects")
def projects(last: LastYear, part: Part) -> Iterator[Brought]:
    """Projects that go on."""
    for project in continuing(last, part).values():
        yield Brought(fields_of(project, *PROJECTS.by_key))


@brings("project-texts")
def project_texts(last: LastYear, part: Part) -> Iterator[Brought]:
    """What the document told of them."""
    for code, project in continuing(last, part).items():
        texts = fields_of(project, *(key for key, _ in TEXTS))
        if any(texts.values()):
            yield Brought(texts, project=code)


@brings("vehicles")
def vehicles(last: LastYear, part: Part) -> Iterator[Brought]:
    """Vehicles held."""
    for row in last.book.vehicles:
        if row.holding is Holding.STOCK:
            yield Brought(fields_of(row, "holding", "use", "count"))


@brings("equipment")
def equipment(last: LastYear, part: Part) -> Iterator[Brought]:
    """Equipment held."""
    for row in last.book.equipment:
        if row.holding is Holding.STOCK:
            yield Brought(fields_of(row, "holding", "kind", "count"))


def _also_unasked(last: LastYear) -> AskedTexts:
    """Return the store of texts with a place for each of last year's.

    What a document asks for depends on what is entered, which is little at the beginning.
    """
    return AskedTexts(also=tuple(last.remarks.texts))


@brings("texts", store=_also_unasked)
def texts(last: LastYear, part: Part) -> Iterator[Brought]:
    """Words."""
    for key, text in last.remarks.texts.items():
        yield Brought({"text": text}, row=key)


@brings("prior")
def prior(last: LastYear, part: Part) -> Iterator[Brought]:
    """Last year's amounts of what this year's document compares."""
    edition = EDITIONS[part.budget.year.edition]
    for code in compared(replace(last.book, year=part.budget.year_id), edition):
        yield Brought(
            {
                "measure": code,
                "amount": MEASURES[code].amount(last.book),
                "precision": last.precision,
                "origin": last.origin,
            }
        )


def compared(book: BudgetBook, edition: Edition) -> tuple[str, ...]:
    """Return the measures that a book's document sets beside last year's, in printed order."""
    known = tuple(
        PriorFigure(measure=code, amount=ZERO, precision=ZERO, origin="") for code in MEASURES
    )
    document = draft(replace(book, prior=known), Remarks(), edition)
    keys = (figure.key.rpartition(".") for figure in _figures(document))
    found = dict.fromkeys(base for base, _, last in keys if last in CHANGE)
    return tuple(code for code in found if code in MEASURES)


def _figures(document: Disclosure) -> Iterator[Figure]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (run for run in block.text if isinstance(run, Figure))


# ---- with last year's amounts ----


@brings("revenue", money=True)
def revenue(last: LastYear, part: Part) -> Iterator[Brought]:
    """Own funds expected."""
    for row in last.book.estimates:
        if not row.carried_over and not row.source.is_appropriation:
            yield Brought(fields_of(row, "source", "carried_over", "amount"))


def lines(last: LastYear, natures: Iterable[Nature]) -> Iterator[Line]:
    """Yield the lines of spending out of the year's own money."""
    wanted = frozenset(natures)
    for line in last.book.lines:
        if line.nature in wanted and line.nature.is_spending and not line.carried_over:
            yield line


LINE = (
    *("function", "economic", "amount", "source", "carried_over"),
    *("allotment", "received_from"),
)


@brings("basic", money=True)
def basic(last: LastYear, part: Part) -> Iterator[Brought]:
    """Basic spending."""
    for line in lines(last, (Nature.BASIC,)):
        yield Brought(fields_of(line, *LINE, "upkeep"))


@brings("project-lines", money=True)
def project_lines(last: LastYear, part: Part) -> Iterator[Brought]:
    """The money of projects that go on."""
    going = continuing(last, part)
    for line in lines(last, (Nature.PROJECT,)):
        if line.project in going:
            yield Brought(fields_of(line, *LINE, "project"))


@brings("other-uses", money=True)
def other_uses(last: LastYear, part: Part) -> Iterator[Brought]:
    """Business spending and transfers."""
    for line in lines(last, OTHER_NATURES):
        yield Brought(fields_of(line, *LINE, "nature", "paid_to"))


@brings("events", money=True)
def events(last: LastYear, part: Part) -> Iterator[Brought]:
    """Meetings, training and celebrations."""
    for row in last.book.events:
        names = ("kind", "name", "content", "attendance", "basic", "project")
        yield Brought(fields_of(row, *names))


@brings("procurement", money=True)
def procurement(last: LastYear, part: Part) -> Iterator[Brought]:
    """Purchases, but for those of projects that do not go on."""
    going = continuing(last, part)
    names = ("kind", "name", "amount", "project", "economic", "reserved", "reserved_small")
    for row in last.book.procurement:
        if row.project is None or row.project in going:
            yield Brought(fields_of(row, *names))
