"""A plan that was shown and waits to be confirmed, and confirming it.

Nothing of it is kept on the server: the page that shows the plan carries what came in, signed, and
sends it back. The plan is then made anew under the lock. Only where it is the one that was shown is
it done; otherwise nothing is, and the new plan is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction

from budget.models import Batch
from budget.money import WAN, YUAN, MoneyUnit
from budget.sheets.changes import Answer, Outcome
from budget.sheets.changing import Act, answer_from, apply_all, locked
from budget.sheets.part import Part
from budget.sheets.planning import Given, Mine, plan
from budget.sheets.plans import Incoming, Plan, SheetPlan, Verdict
from budget.sheets.spec import SHEETS
from budget.terms import BatchKind

SALT = "budget.sheets.offers"
LONGEST = 2_000_000
"""Characters of a signed offer: a form of 2.5 megabytes is the most that Django takes."""
UNITS = {unit.label: unit for unit in (YUAN, WAN)}
KINDS = {kind.value: kind for kind in BatchKind}


class TooLarge(ValueError):
    """More comes in than one page can carry."""

    def __init__(self) -> None:
        super().__init__("一次导入的改动太多，请分几次（例如一次导入几张表）")


class BadOffer(ValueError):
    """What should be confirmed is no offer of ours, or one for somebody or something else."""

    def __init__(self) -> None:
        super().__init__("核对的内容已失效，请重新粘贴或上传")


class Moved(Exception):
    """What is stored has changed since the plan was shown; ``plan`` is what it comes to now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__("核对之后草稿又有改动，尚未导入；请按现在的情况重新确认")


@dataclass(frozen=True, slots=True)
class Offer:
    """What came in, for which part and person, and the digest of the plan that was shown.

    ``id`` becomes that of the batch: an offer that is confirmed twice has one effect.
    """

    id: UUID
    part: str
    budget: int
    by: int
    kind: BatchKind
    unit: MoneyUnit
    given: tuple[Given, ...]
    digest: str
    notes: tuple[str, ...] = ()

    def signed(self) -> str:
        """Return it as a page carries it. Raises TooLarge."""
        told = {
            "id": self.id.hex,
            "part": self.part,
            "budget": self.budget,
            "by": self.by,
            "kind": self.kind.value,
            "unit": self.unit.label,
            "given": [_given_as_json(each) for each in self.given],
            "digest": self.digest,
            "notes": self.notes,
        }
        text = signing.dumps(told, salt=SALT, compress=True)
        if len(text) > LONGEST:
            raise TooLarge
        return text


def offer(part: Part, by: int, kind: BatchKind, unit: MoneyUnit, shown: Plan) -> Offer:
    """Return the offer of a plan that is shown to a person, ``by`` being his key."""
    given = tuple(_given(each) for each in shown.sheets)
    key = part.budget.pk
    return Offer(uuid4(), part.code, key, by, kind, unit, given, shown.digest, shown.notes)


def unsigned(text: str, part: Part, by: int) -> Offer:
    """Return the offer that a page sent back. Raises BadOffer."""
    try:
        told = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise BadOffer from error
    if (told["part"], told["budget"], told["by"]) != (part.code, part.budget.pk, by):
        raise BadOffer
    return Offer(
        UUID(told["id"]),
        told["part"],
        told["budget"],
        told["by"],
        KINDS[told["kind"]],
        UNITS[told["unit"]],
        tuple(map(_given_from, told["given"])),
        told["digest"],
        tuple(told["notes"]),
    )


def confirm(part: Part, offered: Offer, act: Act, mine: Mine = ()) -> list[Answer]:
    """Do what was shown, all of it or nothing, and return the answers.

    ``mine`` are the conflicts in which the incoming text is wanted. Raises Moved where the plan is
    another one by now, and what the act's guard raises.
    """
    with transaction.atomic():
        budget = locked(part.budget)
        act.guard(budget)
        before = Batch.objects.filter(pk=offered.id).first()
        if before is not None:
            return [answer_from(told) for told in before.answer]
        now = plan(_fresh(part, budget), offered.given, offered.unit, notes=offered.notes)
        if now.digest != offered.digest:
            raise Moved(now)
        if mine:
            now = _decided(now, plan(_fresh(part, budget), offered.given, offered.unit, mine))
        return _done(_fresh(part, budget), now, act_of(offered, act))


def _decided(now: Plan, chosen: Plan) -> Plan:
    """Return the plan with its conflicts decided. Raises Moved where that makes rows wrong."""
    if chosen.count(Verdict.REJECTED) > now.count(Verdict.REJECTED):
        raise Moved(chosen)
    return chosen


def act_of(offered: Offer, act: Act) -> Act:
    """Return the act by which an offer is done."""
    return replace(act, id=offered.id, kind=offered.kind, unit=offered.unit)


def _fresh(part: Part, budget: Any) -> Part:
    """Return the part with nothing remembered of what was read or proposed before."""
    return Part(budget, part.unit)


def _done(part: Part, chosen: Plan, act: Act) -> list[Answer]:
    answers = apply_all(part, chosen.proposals, act) if chosen.does_anything else []
    for answer in answers:
        for cell in answer.cells:
            if cell.outcome in (Outcome.REFUSED, Outcome.CONFLICT):
                raise UnlikeThePlan(f"{answer.sheet} {cell.row} {cell.field}: {cell.message}")
    return answers


class UnlikeThePlan(AssertionError):
    """What was written is not what was planned: an error of the program, and nothing is kept."""


# ---- to and from JSON ----


def _given(shown: SheetPlan) -> Given:
    rows = tuple(row.incoming for row in shown.rows)
    return Given(shown.spec, rows, shown.same, shown.present, shown.left, shown.notes)


def _given_as_json(given: Given) -> list[Any]:
    rows = [asdict(row) for row in given.rows]
    slim = [{name: value for name, value in row.items() if value or name == "seen"} for row in rows]
    return [given.spec.code, slim, given.same, sorted(given.present), given.absent, given.notes]


def _given_from(told: Sequence[Any]) -> Given:
    code, rows, same, present, absent, notes = told
    incoming = tuple(_incoming(row) for row in rows)
    return Given(SHEETS[code], incoming, same, frozenset(present), absent, tuple(notes))


def _incoming(told: Mapping[str, Any]) -> Incoming:
    return Incoming(**{"place": "", "cells": {}, **told, "remarks": tuple(told.get("remarks", ()))})
