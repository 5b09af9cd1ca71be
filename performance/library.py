"""The library of indicators: its starter list, what it offers, and goals that take over from it.

What is taken over is copied: a later change of the library changes no goal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial, reduce
from operator import and_
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from budget.imports.records import csv_records
from budget.sheets.changes import NEW, Answer, Change, Wanted
from budget.sheets.changing import Act, apply_steps
from budget.sheets.kinds import EXACT
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS
from performance.goals import Aspect, Comparison, Dimension
from performance.models import LibraryIndicator

SHEET = "indicators"
TAKEN = ("dimension", "aspect", "name", "comparison", "measure", "explanation", "scoring")
IDENTITY = ("area", "dimension", "aspect", "name")
SEARCHED = ("area", "name", "explanation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An indicator of the starter list."""

    area: str
    dimension: Dimension
    aspect: Aspect
    name: str
    comparison: Comparison | None = None
    measure: str = ""
    explanation: str = ""
    scoring: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries of a list were added, and how many were there already."""

    added: int
    known: int


def load_list(path: Path) -> Loaded:
    """Add what the library lacks of a list; what is there stays as the bureau keeps it.

    Raises MalformedRecord; nothing is added then.
    """
    entries = csv_records(path, Entry)
    with transaction.atomic():
        known = set(LibraryIndicator.objects.values_list(*IDENTITY))
        missing = [each for each in entries if _identity(each) not in known]
        LibraryIndicator.objects.bulk_create(LibraryIndicator(**asdict(each)) for each in missing)
    return Loaded(len(missing), len(entries) - len(missing))


def _identity(entry: Entry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in IDENTITY)


def search(words: str, *, retired: bool = False) -> QuerySet[LibraryIndicator]:
    """Return what the library has of all the words: in area, name or explanation, or a dimension.

    Without words it is everything. ``retired`` also gives what is no longer offered.
    """
    offered = Q() if retired else Q(active=True)
    return LibraryIndicator.objects.filter(reduce(and_, map(_about, words.split()), offered))


def _about(word: str) -> Q:
    texts = (Q(**{f"{name}__icontains": word}) for name in SEARCHED)
    dimensions = [each for each in Dimension if word in each.label]
    aspects = [each for each in Aspect if word in each.label]
    about = Q(dimension__in=dimensions) | Q(aspect__in=aspects)
    for text in texts:
        about |= text
    return about


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of indicators that were taken over, and the names that the goal had already."""

    answer: Answer
    known: tuple[str, ...]


def take_over(part: Part, goal: str, keys: Iterable[int], act: Act) -> Taken:
    """Add indicators of the library to a goal: a project's code, or the word for the whole.

    One whose name the goal has already is left out. Raises what `changing.apply` raises.
    """
    chosen = sorted(set(keys))
    known = tuple(each.name for each in _chosen(chosen) if each.name in _names(part, goal))
    asked = json.dumps(["library", part.code, part.budget.pk, act.by.pk, goal, chosen])
    steps = [(SHEETS[SHEET], partial(_wanted, goal, chosen))]
    [answer] = apply_steps(part, steps, act, hashlib.sha256(asked.encode()).hexdigest())
    return Taken(answer, known)


def _chosen(keys: Iterable[int]) -> QuerySet[LibraryIndicator]:
    return search("").filter(pk__in=list(keys))


def _names(part: Part, goal: str) -> set[str]:
    """Return the names of the indicators that a goal has."""
    rows = SHEETS[SHEET].store.read(part)
    return {row.values["name"] for row in rows if row.values["of"] == goal}


def _wanted(goal: str, keys: Iterable[int], part: Part) -> list[Wanted]:
    has = _names(part, goal)
    return [
        change
        for indicator in _chosen(keys)
        if indicator.name not in has
        for change in _row(part, goal, indicator)
    ]


def _row(part: Part, goal: str, indicator: LibraryIndicator) -> Iterator[Wanted]:
    columns, key = SHEETS[SHEET].by_key, f"{NEW}library-{indicator.pk}"
    yield Change(key, "of", "", goal)
    for name in TAKEN:
        text = columns[name].kind.show(getattr(indicator, name), part, EXACT)
        if text:
            yield Change(key, name, "", text)
