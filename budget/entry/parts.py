"""What every page of entry knows: the part of the budget, its sheets, the unit of money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest
from django.urls import reverse

from budget.access.admitted import budget_of, person, unit_budget_of
from budget.actions import Action
from budget.models import OutOfSight, Refused, require
from budget.money import WAN, YUAN, MoneyUnit
from budget.sheets.changing import Act
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS, SheetSpec, sheets_of
from budget.terms import BatchKind

UNITS = {"yuan": YUAN, "wan": WAN}
CHOSEN = "money_unit"


@dataclass(frozen=True)
class SheetLink:
    """A sheet in the list beside the page."""

    spec: SheetSpec
    url: str
    is_here: bool


def part_of(request: HttpRequest) -> Part:
    """Return the part that the gate let somebody in to."""
    unit_budget = unit_budget_of(request)
    return Part(budget_of(request), unit_budget.unit if unit_budget else None)


def spec_of(part: Part, code: str) -> SheetSpec:
    """Return a sheet of the part. Raises Http404."""
    if code not in SHEETS or not SHEETS[code].for_scope(part.scope):
        raise Http404(f"没有名为 {code} 的填报表")
    return SHEETS[code]


def unit_named(name: object) -> MoneyUnit:
    """Return the unit of money of a word that pages use; 元 for any other."""
    return UNITS.get(str(name), YUAN)


def unit_chosen(request: HttpRequest) -> str:
    """Return the word of the unit that the person works in, after noting a new choice."""
    asked = request.GET.get("unit")
    if asked in UNITS:
        request.session[CHOSEN] = asked
    return str(request.session.get(CHOSEN, "yuan"))


def act(
    request: HttpRequest,
    part: Part,
    action: Action,
    batch: UUID,
    unit: MoneyUnit,
    kind: BatchKind = BatchKind.TYPED,
) -> Act:
    """Return an act of saving that asks again, under the lock, whether the person may."""
    user = person(request)
    guard = partial(_asks_again, user, action, part)
    return Act(batch, user, guard, kind, unit)


def _asks_again(user: User, action: Action, part: Part, budget: object) -> None:
    require(user, action, budget, part.unit)  # type: ignore[arg-type]


def may_write(request: HttpRequest, part: Part, action: Action) -> str:
    """Return "" where the person may write now, else why not."""
    try:
        require(person(request), action, part.budget, part.unit)
    except OutOfSight:
        raise
    except Refused as refusal:
        return str(refusal)
    return ""


def links(part: Part, here: str = "") -> list[tuple[str, list[SheetLink]]]:
    """Return the part's sheets by group, in order."""
    found: Iterator[SheetLink] = (
        SheetLink(spec, url_of(part, spec.code), spec.code == here)
        for spec in sheets_of(part.scope)
    )
    return [(group, list(some)) for group, some in groupby(found, attrgetter("spec.group"))]


def url_of(part: Part, sheet: str) -> str:
    """Return the address of a sheet."""
    return reverse("entry:sheet", args=(part.code, part.budget.year_id, sheet))
