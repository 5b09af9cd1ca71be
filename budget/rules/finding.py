"""What a rule can say: that something is wrong, that figures must agree, or that it cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is, how it reads, where it stands."""

    label: str
    text: str
    unit: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """The smallest change that would mend it: what should stand at an address."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: both sides, the difference, the places concerned and what to do.

    ``where`` lists the addresses of all cells and sentences concerned, the likely cause first.
    ``difference`` is a number in the left side's unit; ``remark`` says in words what else matters.
    """

    where: tuple[str, ...]
    left: Side
    right: Side | None = None
    difference: str = ""
    advice: str = ""
    fix: Fix | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """The rule could not be checked, and why, in Chinese."""

    reason: str


@dataclass(frozen=True, slots=True)
class Equal:
    """Printed amounts that must add up: the address of the total and those of its items.

    Whether it holds, and which figure is the cause when it does not, is found out for all
    equations together.
    """

    total: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtMost:
    """A printed amount that may not exceed the sum of others, by addresses, and what to do."""

    amount: str
    limit: tuple[str, ...]
    advice: str = "核对两处金额，更正写错的一处"


Outcome = Finding | NotChecked | Equal | AtMost


def or_not_checked(outcomes: Iterable[Outcome], reason: str) -> Iterator[Outcome]:
    """Yield what a rule says; where it says nothing because it has nothing to look at, say so."""
    is_silent = True
    for outcome in outcomes:
        is_silent = False
        yield outcome
    if is_silent:
        yield NotChecked(reason)
