"""The one normal form of a question, so that one fact asked in two ways is known as one.

「财政拨款 of this year」 is asked of income in one table and of uses in another; for appropriated
money the two sides are the same lines. What the rules of the ledger imply is put into the question,
and what says nothing is taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from budget.ledger import EVERYTHING, NOTHING, Clause, Where
from budget.terms import (
    APPROPRIATION_USES,
    APPROPRIATIONS,
    Allotment,
    Nature,
    Source,
    UnitType,
    Upkeep,
)

Allowed = dict[str, frozenset[object]]

WHOLE: Mapping[str, frozenset[object]] = {
    "nature": frozenset(Nature),
    "source": frozenset(Source),
    "upkeep": frozenset((*Upkeep, None)),
    "allotment": frozenset((*Allotment, None)),
    "unit_type": frozenset(UnitType),
    "carried_over": frozenset((True, False)),
    "earned": frozenset((True, False)),
    "spent": frozenset((True, False)),
}
TRANSFERS_IN = frozenset(source for source in Source if source.is_transfer_in)
TRANSFERS_OUT = frozenset(nature for nature in Nature if nature.is_transfer_out)


def normal(questions: Iterable[Where], only_unit: str | None = None) -> Where:
    """Return all the questions as one, in normal form.

    ``only_unit`` is the code of the unit where there is only one: to ask for it asks nothing.
    """
    asked = tuple(questions)
    if all(len(question.clauses) == 1 for question in asked):
        return _of_one_clause(asked, only_unit)
    whole = EVERYTHING
    for question in asked:
        whole &= question
    clauses = {_settled(dict(clause.allowed), only_unit) for clause in whole.clauses}
    return Where(tuple(sorted(clauses, key=repr)))


def _of_one_clause(questions: tuple[Where, ...], only_unit: str | None) -> Where:
    """Return the same for questions without 或, which nearly all are: it is asked per cell."""
    allowed: Allowed = {}
    for question in questions:
        for dimension, values in question.clauses[0].allowed:
            met = allowed[dimension] & values if dimension in allowed else values
            if not met:
                return NOTHING
            allowed[dimension] = met
    return Where((_settled(allowed, only_unit),))


def singled_out(question: Where) -> dict[str, object]:
    """Return the one value of each dimension of which a question allows only one."""
    if not question.clauses:
        return {}
    first, *others = question.clauses
    return {
        dimension: next(iter(values))
        for dimension, values in first.allowed
        if len(values) == 1 and all((dimension, values) in other.allowed for other in others)
    }


def only(question: Where, dimension: str) -> object | None:
    """Return the one value of a dimension that a question allows, None where it allows more."""
    return singled_out(question).get(dimension)


def widened(question: Where, dimension: str) -> Where:
    """Return a question in normal form without what it says of a dimension."""
    clauses = (
        Clause(tuple(pair for pair in clause.allowed if pair[0] != dimension))
        for clause in question.clauses
    )
    return Where(tuple(sorted(set(clauses), key=repr)))


def _settled(allowed: Allowed, only_unit: str | None) -> Clause:
    _imply(allowed)
    if only_unit is not None and allowed.get("unit") == frozenset({only_unit}):
        del allowed["unit"]
    told = {
        dimension: values for dimension, values in allowed.items() if values != WHOLE.get(dimension)
    }
    return Clause(tuple(sorted(told.items())))


def _imply(allowed: Allowed) -> None:
    """Add what the rules of the ledger make true of such lines, drop what they make idle."""
    if "project" in allowed and None not in allowed["project"]:
        _narrow(allowed, "nature", frozenset({Nature.PROJECT}))
    if "upkeep" in allowed and None not in allowed["upkeep"]:
        _narrow(allowed, "nature", frozenset({Nature.BASIC}))
    if "source" in allowed and allowed["source"] <= APPROPRIATIONS:
        _narrow(allowed, "nature", APPROPRIATION_USES)
    if "source" in allowed and not allowed["source"] & TRANSFERS_IN:
        allowed.pop("earned", None)
    if "nature" in allowed and not allowed["nature"] & TRANSFERS_OUT:
        allowed.pop("spent", None)


def _narrow(allowed: Allowed, dimension: str, values: frozenset[object]) -> None:
    allowed[dimension] = allowed.get(dimension, values) & values
