"""The transcribed sample as what a person types into the sheets, and the document it must make.

The texts come from the sample's files, which were read off the published document. What a
conversion once lost of that document is no part of a budget and is never typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure
from budget.lines import Line
from budget.measures.registry import MEASURES
from budget.terms import Nature, Term
from budget.tests.samples import sample, sample_edition
from performance.goals import Indicator
from performance.parts import GOALS, goals_of

Typed = dict[str, str]
"""The cells of a row by column; what is not named stays as the sheet offers it."""

WHOLE_UNIT: Final = "部门整体支出"


def whole_book() -> BudgetBook:
    """Return the sample's book without marks of what was lost: nobody can type a loss."""
    book = sample().book
    goals = goals_of(book)
    projects = tuple(
        replace(each, damaged=(), indicators=_undamaged(each.indicators)) for each in goals.projects
    )
    overall = tuple(
        replace(each, damaged=(), indicators=_undamaged(each.indicators)) for each in goals.overall
    )
    return replace(
        book, parts={**book.parts, GOALS: replace(goals, projects=projects, overall=overall)}
    )


def _undamaged(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    return tuple(replace(each, damaged=()) for each in indicators)


def expected() -> Disclosure:
    """Return the document that the typed sample must make."""
    return compose(whole_book(), sample().remarks, sample_edition())


def typed_rows() -> dict[str, list[Typed]]:
    """Return the rows of every table that the sample fills, in the order of the sheets."""
    book = sample().book
    return {
        "basic": [_line(line) for line in book.lines if line.nature is Nature.BASIC],
        "projects": [{"code": each.code, "name": each.name} for each in book.projects],
        "project-lines": [
            {"project": _project(line.project), **_line(line)}
            for line in book.lines
            if line.nature is Nature.PROJECT
        ],
        "indicators": list(_indicators(book)),
        "events": [
            {
                "kind": each.kind.label,
                "name": each.name,
                "content": each.content,
                "attendance": str(each.attendance),
                "basic": str(each.basic),
                "project": str(each.project),
            }
            for each in book.events
        ],
        "vehicles": [
            {"holding": each.holding.label, "use": each.use.label, "count": str(each.count)}
            for each in book.vehicles
        ],
        "equipment": [
            {"holding": each.holding.label, "kind": each.kind.label, "count": str(each.count)}
            for each in book.equipment
        ],
        "prior": [
            {
                "measure": MEASURES[each.measure].title,
                "amount": str(each.amount),
                "precision": str(each.precision),
                "origin": each.origin,
            }
            for each in book.prior
        ],
    }


def typed_forms() -> dict[str, Mapping[str, Typed]]:
    """Return what is typed into boxes that are there already: by sheet, then by row's key or name.

    Rows of projects are known by what the sheet shows of them.
    """
    [unit] = sample().book.units
    goals = goals_of(sample().book)
    return {
        "about": {"1": {"offices": "、".join(unit.offices)}},
        "overall-goal": {"1": {"goal": goals.overall[0].goal}},
        "project-goals": {_project(each.project): {"goal": each.goal} for each in goals.projects},
        "texts": {key: {"text": text} for key, text in sample().remarks.texts.items()},
    }


def _line(line: Line) -> Typed:
    typed = {"function": line.function, "amount": str(line.amount)}
    if line.economic:
        typed["economic"] = line.economic
    if line.allotment:
        typed["allotment"] = line.allotment.label
    return typed


def _project(code: str | None) -> str:
    """Return a project as the sheets name it."""
    [found] = (each for each in sample().book.projects if each.code == code)
    return f"{found.code} {found.name}"


def _indicators(book: BudgetBook) -> Iterator[Typed]:
    goals = goals_of(book)
    for overall in goals.overall:
        yield from (_indicator(WHOLE_UNIT, each) for each in overall.indicators)
    for goal in goals.projects:
        name = _project(goal.project)
        yield from (_indicator(name, each) for each in goal.indicators)


def _indicator(of: str, indicator: Indicator) -> Typed:
    typed = {
        "of": of,
        "dimension": indicator.dimension.label,
        "aspect": indicator.aspect.label,
        "name": indicator.name,
        "comparison": _label(indicator.comparison),
        "target": indicator.target,
        "measure": indicator.measure,
        "explanation": indicator.explanation,
        "scoring": indicator.scoring,
        "weight": "" if indicator.weight is None else str(indicator.weight),
    }
    return {name: text for name, text in typed.items() if text}


def _label(term: Term | None) -> str:
    return "" if term is None else term.label
