"""Pages ask the database as often however much there is, at most thirty times.

What is asked for once while a page is read is asked anew by whoever writes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from decimal import Decimal
from itertools import product
from runpy import run_module
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budget.access.entries import Arrival, OnBudget
from budget.actions import Action
from budget.judging import freeze_version
from budget.load.granting import line_row, told, what_of
from budget.load.kept import KNOWN_BY
from budget.load.reading import read_whole
from budget.models import (
    BudgetUnit,
    BudgetYear,
    DepartmentBudget,
    Event,
    Grant,
    GrantedAmount,
    ProcurementItem,
    Project,
    Remark,
    RevenueLine,
    SpendingLine,
    StepTaken,
    UnitBudget,
    roles_on,
)
from budget.models.once import once, one_reading
from budget.roles import Role
from budget.sheets.spec import SHEETS as SHEETS_THERE_ARE
from budget.sheets.stores import RowsOf, holds
from budget.terms import (
    EventKind,
    Nature,
    ProcurementKind,
    ProjectCategory,
    Source,
    State,
)
from budget.tests.filling import code_lists
from budget.tests.people import a_person, signed_in, someone_with
from budget.tests.stored import YEAR, a_budget, a_unit, line_values

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

MOST = 30
PART, WHOLE = f"801001/{YEAR}/", f"801/{YEAR}/"
SHEETS = ("basic", "revenue", "project-lines", "events", "texts")


@pytest.fixture
def budget() -> DepartmentBudget:
    """A head unit and a school, with ten lines and a row of each register."""
    code_lists()
    made = a_budget(a_unit(is_head=True), a_unit("801002"))
    BudgetYear.objects.update(edition="changsha-2023")
    made.year.refresh_from_db()
    filled(made, range(1, 11))
    return made


def filled(budget: DepartmentBudget, numbers: Iterable[int]) -> None:
    """Give each unit of a budget so many lines and rows of registers more."""
    kept = list(numbers)
    for unit in BudgetUnit.objects.filter(unit_budgets__budget=budget):
        of = {"budget": budget, "unit": unit}
        SpendingLine.objects.bulk_create(
            SpendingLine(**of, **line_values(sequence=number)) for number in kept
        )
        Event.objects.bulk_create(
            Event(
                **of,
                sequence=number,
                kind=EventKind.MEETING,
                name="会",
                attendance=1,
                basic=1,
                project=0,
            )
            for number in kept
        )
        ProcurementItem.objects.bulk_create(
            ProcurementItem(
                **of,
                sequence=number,
                kind=ProcurementKind.GOODS,
                name="物",
                amount=1,
                economic="30201",
            )
            for number in kept
        )
        Project.objects.bulk_create(
            Project(
                **of,
                code=f"{unit.code}{number}",
                name="项目",
                category=ProjectCategory.OTHER_PURPOSE,
            )
            for number in kept
        )
        RevenueLine.objects.get_or_create(**of, source=Source.OTHER, defaults={"amount": 1})
        Remark.objects.get_or_create(**of, key="functions", defaults={"text": "职能"})


def grown(budget: DepartmentBudget) -> None:
    """Ten times the rows, and three times the units."""
    for number in range(3, 7):
        UnitBudget.objects.create(budget=budget, unit=a_unit(f"80100{number}"))
    filled(budget, range(11, 101))


def asked(client: Client, pages: Iterable[str]) -> dict[str, int]:
    """Return how often each page asks the database."""
    found = {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        found[page] = len(queries)
    return found


def test_pages_of_the_department_ask_as_often_for_much_as_for_little(
    budget: DepartmentBudget,
) -> None:
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801"))
    pages = [
        *(f"/entry/{WHOLE}{page}" for page in ("", "preview/", "texts/", "prior/")),
        *(f"/entry/{WHOLE}preview/?show={what}" for what in ("text", "charts", "findings")),
        *(f"/review/{WHOLE}{page}" for page in ("", "units/", "units/?check=1", "consolidation/")),
        f"/flow/{WHOLE}",
    ]
    checking = f"/flow/{WHOLE}?check=submit"
    little = asked(finance, [*pages, checking])
    grown(budget)
    assert asked(finance, [*pages, checking]) == little
    # Whoever wants to know what is in the way of a step has the rules asked on top of the page.
    assert little.pop(checking) <= MOST + 15
    assert max(little.values()) <= MOST, little


def test_pages_of_an_accountant_ask_as_often_for_much_as_for_little(
    budget: DepartmentBudget,
) -> None:
    accountant = signed_in(someone_with(Role.COMPILER, "801001"))
    pages = [
        *(f"/entry/{PART}{sheet}/" for sheet in SHEETS),
        *(f"/entry/{PART}", f"/entry/{PART}preview/?show=findings", f"/flow/{PART}"),
    ]
    little = asked(accountant, pages)
    grown(budget)
    assert asked(accountant, pages) == little
    assert max(little.values()) <= MOST, little


def test_pages_of_a_reviewer_ask_as_often_for_much_as_for_little(budget: DepartmentBudget) -> None:
    sent(budget)
    reviewer = signed_in(someone_with(Role.BUDGET_REVIEWER))
    pages = [
        *(f"/review/{each}" for each in (WHOLE, PART)),
        *(f"/entry/{each}preview/?show=findings" for each in (WHOLE, PART)),
        *(f"/flow/{each}" for each in (WHOLE, PART, f"{WHOLE}amounts/")),
        *(f"/entry/{PART}{sheet}/" for sheet in SHEETS),
    ]
    little = asked(reviewer, pages)
    grown(budget)
    assert asked(reviewer, pages) == little
    assert max(little.values()) <= MOST, little


def sent(budget: DepartmentBudget) -> None:
    """Let a budget lie with the bureau: it was kept when it was signed, a line is granted less."""
    by = a_person("signer")
    StepTaken.objects.create(
        budget=budget,
        action=Action.SIGN,
        start=State.SUBMITTED,
        end=State.SIGNED,
        by=by,
        revision=1,
        snapshot=freeze_version(budget),
    )
    line = read_whole(budget).book.lines[0]
    GrantedAmount.objects.create(
        budget=budget,
        unit=BudgetUnit.objects.get(code=line.unit),
        row=line_row(line.sequence),
        requested=line.amount,
        what=told(*what_of(line)),
        amount=Decimal(60),
        by=by,
        reason="压减",
    )
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=State.REVIEWED)
    # More than a month's wages since: something to compare.
    SpendingLine.objects.filter(budget=budget, sequence=2, nature=Nature.BASIC).update(amount=200)


def test_the_server_looks_for_no_garbage_in_what_is_loaded() -> None:
    assert gc.get_freeze_count() == 0
    try:
        run_module("budget.config.wsgi")
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()


def test_a_sheet_knows_its_rows_in_python_as_its_query_does(budget: DepartmentBudget) -> None:
    unit = BudgetUnit.objects.get(code="801001")
    other = {"source": Source.OTHER, "upkeep": None, "economic": None}
    for number, nature in enumerate(set(Nature) - {Nature.BASIC}, 50):
        project = Project.objects.filter(unit=unit)[0] if nature is Nature.PROJECT else None
        SpendingLine.objects.create(
            **{"budget": budget, "unit": unit, "project": project},
            **line_values(**other, nature=nature, sequence=number),
        )
    for source, carried_over in product(Source, (False, True)):
        of = {"budget": budget, "unit": unit, "source": source, "carried_over": carried_over}
        RevenueLine.objects.get_or_create(**of, defaults={"amount": 1})
    kept = read_whole(budget).kept.values()
    shown = {}
    for spec in SHEETS_THERE_ARE.values():
        store = spec.store
        if isinstance(store, RowsOf) and store.model in KNOWN_BY:
            stored = store.model._default_manager.filter(budget=budget)
            theirs = set(stored.filter(store.among, **store.fixed).values_list("pk", flat=True))
            has = {row.key for row in kept if row.model is store.model and store.has(row.values)}
            assert has == theirs, spec.code
            shown[spec.code] = len(has) < stored.count()
    # Each of these leaves some rows of its model to other sheets.
    assert {"basic", "project-lines", "other-uses", "revenue"} == {s for s in shown if shown[s]}


def test_a_condition_that_python_does_not_understand_is_refused() -> None:
    assert holds(~Q(a=1) | Q(b__in=[2, 3]), {"a": 1, "b": 3})
    assert not holds(~Q(a=1) | Q(b__in=[2, 3]), {"a": 1, "b": 4})
    assert holds(Q(), {})
    with pytest.raises(ValueError, match="a__lt"):
        holds(Q(a__lt=1), {"a": 0})


def test_a_question_is_asked_once_in_a_reading_and_anew_outside_of_it() -> None:
    asked: list[str] = []
    ask = lambda: asked.append("asked")  # noqa: E731
    with one_reading():
        once("who", ask)
        once("who", ask)
    assert len(asked) == 1
    once("who", ask)
    once("who", ask)
    with one_reading():
        once("who", ask)
    assert len(asked) == 4


def test_a_role_that_ends_between_two_requests_ends_at_once(budget: DepartmentBudget) -> None:
    user = someone_with(Role.DEPARTMENT_FINANCE, "801")
    finance = signed_in(user)
    assert finance.get(f"/flow/{WHOLE}").status_code == 200
    Grant.objects.filter(user=user).update(revoked_at=timezone.now(), revoked_by=user)
    assert finance.get(f"/flow/{WHOLE}").status_code == 404
    assert roles_on(user, budget) == frozenset()


def test_whoever_writes_is_asked_anew_for_what_he_may(
    budget: DepartmentBudget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The role ends between the gate and the lock."""
    user = someone_with(Role.COMPILER, "801001")
    accountant, let_in = signed_in(user), OnBudget.admit

    def and_then_gone(entry: OnBudget, arrival: Arrival) -> None:
        let_in(entry, arrival)
        Grant.objects.filter(user=user).update(revoked_at=timezone.now(), revoked_by=user)

    monkeypatch.setattr(OnBudget, "admit", and_then_gone)
    remark = {"row": "functions", "field": "text", "was": "职能", "now": "别的"}
    answer = accountant.post(
        f"/entry/{PART}texts/save",
        {"batch": str(uuid4()), "unit": "yuan", "changes": [remark]},
        content_type="application/json",
    )
    assert answer.status_code == 404
    assert not Remark.objects.filter(text="别的").exists()
