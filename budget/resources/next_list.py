"""A whole list of codes as of a date: what it changes, who uses what is gone, and taking it over.

A code that means something else from the date on ends the day before, and begins anew: what earlier
years say stays true. Writing goes through the same declaration as any import of codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import tablib
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from budget.audit.recording import record
from budget.models import CodeChange, EconomicCode, FunctionCode
from budget.resources.differences import Changed, Difference, Entry, Listing, differences
from budget.resources.rows import FIRST_ROW
from budget.resources.taking_in import (
    Fault,
    Moved,
    alone,
    digest_of,
    headings,
    preview,
    table,
)
from budget.resources.uses import Use, uses
from budget.resources.whole_list import KINDS, read_list
from budget.terms import CodeScheme

ORIGIN = "财政部门科目表"
Planned = list[dict[str, Any]]


@dataclass(frozen=True)
class NextList:
    """What a list would change from a date on.

    ``same`` and ``before`` count entries that stay and entries in force before. ``uses`` are by
    code whose meaning ends; ``planned`` is what is written, as a table.
    """

    scheme: CodeScheme
    begins: date
    faults: tuple[Fault, ...] = ()
    changes: tuple[Changed, ...] = ()
    same: int = 0
    before: int = 0
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    planned: tablib.Dataset | None = None

    @property
    def is_possible(self) -> bool:
        """Whether it can be confirmed."""
        return not self.faults and bool(self.changes)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what it would do."""
        rows = [] if self.planned is None else [list(map(str, row)) for row in self.planned]
        told = [asdict(each) for each in self.changes]
        return digest_of([self.begins.isoformat(), told, rows])

    @property
    def groups(self) -> list[tuple[Difference, list[tuple[Changed, tuple[Use, ...]]]]]:
        """The changes by kind, each with who uses what ends."""
        found = []
        for kind in Difference:
            some = [each for each in self.changes if each.kind is kind]
            if some:
                found.append((kind, [(each, self.uses.get(each.ending, ())) for each in some]))
        return found

    @property
    def ends_much(self) -> bool:
        """Whether more than a fifth of the list in force would end: perhaps a part was sent."""
        gone = sum(each.kind is Difference.GONE for each in self.changes)
        return gone * 5 > self.before


def stored_codes(scheme: CodeScheme) -> QuerySet[Any]:
    """Return the stored entries of one classification."""
    if scheme is CodeScheme.FUNCTION:
        return FunctionCode.objects.all()
    return EconomicCode.objects.filter(scheme=scheme)


def holding_on(scheme: CodeScheme, on: date) -> dict[str, Any]:
    """Return the entries that hold on a date by code; of two the one that began later."""
    held = stored_codes(scheme).filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gte=on),
        is_active=True,
    )
    in_order = sorted(held, key=lambda each: (each.code, each.valid_from or date.min))
    return {each.code: each for each in in_order}


def compare(scheme: CodeScheme, begins: date, dataset: tablib.Dataset) -> NextList:
    """Return what a list would change from a date on; faults alone where it cannot be read."""
    new, faults = read_list(scheme, dataset)
    if faults:
        return NextList(scheme, begins, faults)
    held = holding_on(scheme, begins)
    old = {code: Entry(each.name, getattr(each, "fund", None)) for code, each in held.items()}
    changes = differences(old, new)
    planned = _table(
        scheme, [*_ended(scheme, begins, held, changes), *_begun(scheme, begins, new, changes)]
    )
    return NextList(
        scheme,
        begins,
        tuple(_refused(scheme, planned)),
        changes,
        same=sum(old.get(code) == entry for code, entry in new.items()),
        before=len(old),
        uses=uses(scheme, begins.year, {each.ending for each in changes}),
        planned=planned,
    )


def take_over(
    scheme: CodeScheme, begins: date, dataset: tablib.Dataset, digest: str, by: User
) -> NextList:
    """Write a list that was shown with this digest, and return it. Raises Moved."""
    with transaction.atomic():
        alone(KINDS[scheme]._meta.model)
        now = compare(scheme, begins, dataset)
        if now.digest != digest or not now.is_possible:
            raise Moved(now)
        KINDS[scheme]().import_data(now.planned, raise_errors=True)
        _note_changes(now)
        counts = {kind.value: len(some) for kind, some in now.groups}
        detail = {"begins": begins, **counts}
        record("codes.next_list", by=by, subject=scheme.value, detail=detail)
    return now


def _table(scheme: CodeScheme, planned: Planned) -> tablib.Dataset:
    heads = headings(KINDS[scheme])
    rows = [[each.get(name, "") for name in heads] for each in planned]
    return table(heads.values(), rows)


def _ended(
    scheme: CodeScheme, begins: date, held: Mapping[str, Any], changes: Iterable[Changed]
) -> Iterator[dict[str, Any]]:
    """Yield the entries in force whose meaning ends, with their last day.

    One that began on the very date never held: it is switched off, unless the list says it anew.
    """
    fields = KINDS[scheme]().fields
    for code in sorted({each.ending for each in changes} - {""}):
        row = {name: each.export(held[code]) for name, each in fields.items()}
        if held[code].valid_from is not None and held[code].valid_from >= begins:
            anew = any(each.code == code and each.new_name for each in changes)
            if not anew:
                yield {**row, "is_active": "否"}
        else:
            yield {**row, "valid_to": str(begins - timedelta(days=1))}


def _begun(
    scheme: CodeScheme, begins: date, new: Listing, changes: Iterable[Changed]
) -> Iterator[dict[str, Any]]:
    """Yield the entries that begin on the date."""
    for each in changes:
        if each.kind is not Difference.GONE:
            entry = new[each.code]
            yield {
                "code": each.code,
                "name": entry.name,
                "fund": entry.fund.label if entry.fund else "",
                "scheme": scheme.label,
                "valid_from": begins.isoformat(),
                "origin": ORIGIN,
            }


def _refused(scheme: CodeScheme, planned: tablib.Dataset) -> Iterator[Fault]:
    """Yield what the models have against what would be written, by code."""
    if not planned:
        return
    at = planned.headers.index(headings(KINDS[scheme])["code"])
    for fault in preview(KINDS[scheme], planned).faults:
        yield Fault(0, f"{planned[fault.row - FIRST_ROW][at]} {fault.column}".strip(), fault.words)


def _note_changes(done: NextList) -> None:
    """Note the changes as 科目变动: rules know old names by them."""
    for each in done.changes:
        CodeChange.objects.get_or_create(
            scheme=done.scheme,
            code=each.ending or each.code,
            change=each.kind.value,
            effective_year=done.begins.year,
            old_name=each.old_name,
            new_name=each.new_name,
            defaults={"origin": ORIGIN, "note": _note(each)},
        )


def _note(change: Changed) -> str:
    return f"改为 {change.code}" if change.old_code else ""
