"""批复核对: recording the 批复 of a budget that is only published, and the proof of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from budget.access.admitted import person
from budget.actions import Action
from budget.approval import Sides, Use
from budget.entry.parts import part_of, unit_chosen, unit_named, url_of
from budget.entry.sheets import frame
from budget.models import DepartmentBudget, Project, Refused, require
from budget.money import MoneyUnit
from budget.sheets.approving import (
    NotRecorded,
    UnitProof,
    approval_files,
    forget_approval,
    proofs,
    record_approval,
)
from budget.sheets.attaching import Upload, too_large
from budget.sheets.file_kinds import UnfitFile, accepted
from budget.sheets.part import Part
from budget.sheets.publishable import is_copy, why_not_only_published
from budget.spellings import Unreadable, amount_text, day
from budget.workflow.advancing import advance
from budget.workflow.holding import CONDITIONS, SLOW
from budget.workflow.refusals import NotReady
from budget.workflow.steps import step_for


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One line of the proof: what it is about and both sides, as texts in the person's unit."""

    fund: str
    kind: str
    project: str
    ledger: str
    approved: str
    difference: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The proof of one unit."""

    name: str
    code: str
    rows: tuple[ProofRow, ...]
    is_equal: bool
    differing: int
    sheet: str


@never_cache
@require_safe
def approval(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show the 批复 beside the ledger."""
    return _page(request, part_of(request))


@never_cache
@require_POST
def record(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Record the 批复 of a whole department's budget."""
    part = _whole(request)
    try:
        record_approval(
            part.budget,
            str(request.POST.get("number", "")),
            day(str(request.POST.get("approved_on", ""))),
            uploaded(request),
            by=person(request),
            guard=_guard(request),
        )
    except (NotRecorded, UnfitFile, Unreadable) as error:
        return _page(request, part_of(request), note=f"{error}。", status=422)
    messages.success(request, "已登记批复。请录入全部金额和批复数，直到核对无差异。")
    return _back(part)


@never_cache
@require_POST
def forget(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Take back that a budget is only published."""
    part = _whole(request)
    try:
        forget_approval(part.budget, by=person(request), guard=_guard(request))
    except NotRecorded as error:
        return _page(request, part_of(request), note=f"{error}。", status=422)
    messages.success(request, "已取消只做公开：文号和日期已清空，文件和批复数保留。")
    return _back(part)


@never_cache
@require_POST
def settle(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Make the budget an approved one, where nothing differs."""
    part = _whole(request)
    budget = DepartmentBudget.objects.get(pk=part.budget.pk)
    try:
        # What is proven is asked under the lock: nothing that was read before matters.
        advance(budget, Action.RECORD_APPROVAL, person(request), revision=budget.revision)
    except NotReady as error:
        reasons = "；".join(error.reasons)
        return _page(request, part_of(request), note=f"还不能转为已批复：{reasons}。", status=422)
    messages.success(request, "核对无差异，预算已转为“已批复”，金额不能再改动。")
    return _back(part)


def uploaded(request: HttpRequest) -> Upload | None:
    """Return the file of a form, None where none was chosen.

    Raises UnfitFile for one that was dropped on its way in.
    """
    file = request.FILES.get("file")
    if getattr(request, "oversized", False):
        raise UnfitFile(too_large())
    return None if file is None else Upload(file.name or "", cast(BinaryIO, file.file))


def _whole(request: HttpRequest) -> Part:
    """Return the department's part; what is approved is its budget as a whole."""
    part = part_of(request)
    if part.unit is not None:
        raise Http404("批复按部门登记")
    return part


def _guard(request: HttpRequest) -> partial[None]:
    return partial(_asks_again, request)


def _asks_again(request: HttpRequest, budget: DepartmentBudget) -> None:
    require(person(request), Action.RECORD_APPROVAL, budget)


def _back(part: Part) -> HttpResponse:
    return redirect("entry:approval", part.code, part.budget.year_id)


# ---- the page ----


def _page(request: HttpRequest, part: Part, *, note: str = "", status: int = 200) -> HttpResponse:
    unit = unit_chosen(request)
    found = proofs(part.budget)
    budget = DepartmentBudget.objects.get(pk=part.budget.pk)
    records, copied = _may_record(request, part), is_copy(budget)
    may_record = records and not copied
    context = {
        **frame(request, part),
        "note": note,
        "unit": unit,
        "whole": part.budget.department_id,
        "may_record": may_record,
        "copied": copied,
        "may_see_files": part.unit is None or records,
        "files": approval_files(budget),
        "accepted": accepted(),
        "proofs": [
            _shown(part, each, unit_named(unit)) for each in found if part.unit in (None, each.unit)
        ],
        "may_settle": may_record and budget.disclosure_only,
        "missing": _missing(budget),
        "refused": list(why_not_only_published(budget)),
        "typed": request.POST,
    }
    return render(request, "entry/approval.html", context, status=status)


def _missing(budget: DepartmentBudget) -> list[str]:
    """Return what keeps a budget from being approved, as far as it takes no rules to know."""
    step = step_for(Action.RECORD_APPROVAL, budget.state)
    quick = [must for must in step.must if must not in SLOW] if step else []
    return [reason for must in quick for reason in CONDITIONS[must](budget)]


def _may_record(request: HttpRequest, part: Part) -> bool:
    """Return whether somebody may record the department's 批复: also on its only unit's page."""
    try:
        require(person(request), Action.RECORD_APPROVAL, part.budget)
    except Refused:
        return False
    return True


def _shown(part: Part, found: UnitProof, unit: MoneyUnit) -> Shown:
    of_unit = Part(part.budget, found.unit)
    rows = tuple(_rows(found, _names(of_unit), unit))
    differing = len(found.proof.differing)
    sheet = url_of(of_unit, "approved")
    return Shown(found.unit.name, found.unit.code, rows, found.proof.is_equal, differing, sheet)


def _names(part: Part) -> dict[str, str]:
    projects: dict[str, Project] = part.projects
    return {code: f"{code} {project.name}" for code, project in projects.items()}


def _rows(found: UnitProof, names: dict[str, str], unit: MoneyUnit) -> Iterator[ProofRow]:
    """Yield each use, a total behind each fund, and the total of all."""
    by_fund = found.proof.by(lambda use: use.fund)
    for fund, together in by_fund.items():
        for use, sides in found.proof.rows:
            if use.fund == fund:
                yield _row(fund, use.kind, _project(use, names), sides, unit)
        yield _row(fund, "小计", "", together, unit, is_total=True)
    if by_fund:
        yield _row("合计", "", "", found.proof.total, unit, is_total=True)


def _project(use: Use, names: dict[str, str]) -> str:
    return names.get(use.project or "", use.project or "")


def _row(
    fund: str, kind: str, project: str, sides: Sides, unit: MoneyUnit, *, is_total: bool = False
) -> ProofRow:
    difference = amount_text(sides.difference, unit) if sides.difference else ""
    return ProofRow(
        fund,
        kind,
        project,
        amount_text(sides.ledger, unit),
        amount_text(sides.approved, unit),
        difference,
        is_total,
    )
