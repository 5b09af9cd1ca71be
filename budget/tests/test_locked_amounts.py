"""Amounts of a budget that is 审定 or further are kept by the database, whoever writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from budget.audit.guarding import guard_after_migrating, unlock_before_migrating
from budget.models import DepartmentBudget, Project, SpendingLine, YuanField
from budget.models.append_only import TABLES
from budget.models.locked_amounts import INTRODUCTION, LOCKED, LOCKING, Locked
from budget.sheets.s42_project_texts import TEXTS
from budget.terms import State
from budget.tests.stored import a_budget, a_line, a_unit, line_values, moved, one_of_each
from budget.workflow.copying import models_of_a_budget

LATE = ("frozen", "approved", "ready", "published", "withdrawn", "void")
EARLY = ("open", "draft", "submitted", "signed", "reviewed")
STATES = {state.value: state for state in State}
ROWS = tuple(each for each in LOCKED if each.way == "budget_id")
EXCUSED = {
    "budget.CeilingChange": "says what was done; only ever added to, whatever the state",
    "budget.GrantChange": "says what was done; only ever added to, whatever the state",
}
"""The models with money of a budget that are not locked with it, and why."""

pytestmark = pytest.mark.django_db


def run(sql: str, values: tuple[Any, ...] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(IntegrityError, match="审定后金额锁定"), transaction.atomic():
        yield


def money_of(locked: Locked) -> str:
    """Return a column of a table that holds money."""
    fields = locked.model._meta.concrete_fields
    return next(field.attname for field in fields if isinstance(field, YuanField))


def stored_row(table: str) -> dict[str, Any]:
    """Return the one row of a table by its columns."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        assert cursor.description is not None
        [row] = cursor.fetchall()
        return dict(zip((column[0] for column in cursor.description), row, strict=True))


def changed(locked: Locked) -> None:
    run(f"UPDATE {locked.table} SET {money_of(locked)} = 2")


def deleted(locked: Locked) -> None:
    run(f"DELETE FROM {locked.table}")


def inserted(locked: Locked, row: dict[str, Any]) -> None:
    places = ", ".join(["%s"] * len(row))
    run(f"INSERT INTO {locked.table} ({', '.join(row)}) VALUES ({places})", tuple(row.values()))


# ---- each table, each act, each state


@pytest.mark.parametrize("locked", ROWS, ids=lambda each: each.label)
def test_from_the_final_review_on_a_row_of_money_stays_as_it_is(locked: Locked) -> None:
    budget: Any = one_of_each()["departmentbudget"]
    row = stored_row(locked.table)
    for state in LATE:
        moved(budget, STATES[state])
        with refused():
            changed(locked)
        with refused():
            deleted(locked)
    moved(budget, State.DRAFT)
    deleted(locked)
    for state in LATE:
        moved(budget, STATES[state])
        with refused():
            inserted(locked, row)


@pytest.mark.parametrize("locked", ROWS, ids=lambda each: each.label)
def test_before_it_and_taken_back_from_it_rows_are_written(locked: Locked) -> None:
    budget: Any = one_of_each()["departmentbudget"]
    moved(budget, State.APPROVED)
    row = stored_row(locked.table)
    for state in EARLY:
        moved(budget, STATES[state])
        with undone():
            changed(locked)
            assert stored_row(locked.table)[money_of(locked)] == 2
            deleted(locked)
            inserted(locked, row)
            assert stored_row(locked.table) == row


def test_a_row_moves_neither_into_a_locked_budget_nor_out_of_one() -> None:
    unit = a_unit()
    stands, draft = a_budget(unit), a_budget(unit, version=2)
    kept, typed = a_line(stands, unit), a_line(draft, unit)
    moved(stands, State.FROZEN)
    for line, goal in ((kept, draft), (typed, stands)):
        with refused():
            run(f"UPDATE budget_spendingline SET budget_id = {goal.pk} WHERE id = {line.pk}")
    other = a_budget(unit, version=3)
    run(f"UPDATE budget_spendingline SET budget_id = {other.pk} WHERE id = {typed.pk}")
    assert SpendingLine.objects.get(budget=other) == typed


def test_a_budget_that_stands_is_not_deleted_from_under_its_rows() -> None:
    unit = a_unit()
    budget = a_budget(unit)
    for state in LATE:
        moved(budget, STATES[state])
        with refused():
            run("DELETE FROM budget_departmentbudget")
    moved(budget, State.DRAFT)
    budget.delete()
    assert not DepartmentBudget.everything.exists()


def test_its_state_is_changed_and_its_rows_with_it_in_one_transaction() -> None:
    unit = a_unit()
    budget = a_budget(unit)
    line = a_line(budget, unit)
    with transaction.atomic():
        budget = DepartmentBudget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
        moved(budget, State.FROZEN)
        moved(budget, State.DRAFT)
        SpendingLine.objects.filter(pk=line.pk).update(amount=7)
        moved(budget, State.APPROVED)
    assert SpendingLine.objects.get().amount == 7


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("locked", LOCKED, ids=lambda each: each.label)
def test_a_table_is_not_emptied_while_a_budget_stands(locked: Locked) -> None:
    unit = a_unit()
    moved(a_budget(unit), State.PUBLISHED)
    run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be emptied
    with refused():
        run(f"TRUNCATE {locked.table} CASCADE")


# ---- what stays open


def test_the_words_of_a_project_may_be_mended_and_nothing_else_of_it() -> None:
    project: Any = one_of_each()["project"]
    moved(project.budget, State.APPROVED)
    for name in INTRODUCTION:
        Project.objects.filter(pk=project.pk).update(**{name: "改过的文字"})
    columns = {field.attname for field in Project._meta.concrete_fields}
    for name in sorted(columns - set(INTRODUCTION)):
        with refused():
            run(f"UPDATE budget_project SET {name} = {name}")
    assert {getattr(Project.objects.get(), name) for name in INTRODUCTION} == {"改过的文字"}


def test_the_open_words_of_a_project_are_those_of_its_sheet() -> None:
    assert tuple(key for key, _ in TEXTS) == INTRODUCTION


OPEN = tuple(
    sorted(
        model._meta.db_table
        for model in models_of_a_budget() - {locked.model for locked in ROWS}
        if model._meta.db_table not in TABLES
    )
)


@pytest.mark.parametrize("state", LATE)
def test_rows_without_money_are_written_as_before(state: str) -> None:
    budget: Any = one_of_each()["departmentbudget"]
    moved(budget, STATES[state])
    for table in OPEN:
        with undone():
            run(f"UPDATE {table} SET id = id")
            run(f"DELETE FROM {table}")


def test_what_the_sheets_of_words_write_is_among_it() -> None:
    words = {"budget_remark", "budget_vehiclecount", "budget_equipmentcount", "budget_unitbudget"}
    assert words <= set(OPEN)


# ---- that nothing is forgotten


def holds_money(model: Any) -> bool:
    return any(isinstance(field, YuanField) for field in model._meta.concrete_fields)


def test_every_model_with_money_of_a_budget_is_locked_or_excused() -> None:
    known = {locked.model._meta.label for locked in ROWS}
    assert known.isdisjoint(EXCUSED)
    found = {model._meta.label for model in models_of_a_budget() if holds_money(model)}
    assert found == known | set(EXCUSED)


def test_what_is_excused_is_kept_otherwise() -> None:
    tables = {model._meta.label: model._meta.db_table for model in models_of_a_budget()}
    assert {tables[label] for label in EXCUSED} <= set(TABLES)


def test_every_locked_row_names_its_budget_itself() -> None:
    for locked in ROWS:
        field: Any = locked.model._meta.get_field("budget")
        assert (field.related_model, field.column) == (DepartmentBudget, "budget_id")
        assert not field.null


def test_the_states_are_those_from_the_final_review_on() -> None:
    assert tuple(state.value for state in LOCKING) == LATE
    assert set(LATE) | set(EARLY) == set(STATES)


# ---- migrations, and two at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [DepartmentBudget, Project])
def test_a_migration_may_alter_a_table_and_the_locks_are_there_again(model: Any) -> None:
    name = "approval_number" if model is DepartmentBudget else "name"
    old = model._meta.get_field(name)
    new = old.clone()
    new.set_attributes_from_name(name)
    new.max_length, new.model = old.max_length + 1, model
    unlock_before_migrating("default", plan=["something"])
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
        editor.alter_field(model, new, old)
    guard_after_migrating("default", plan=["something"])
    unit = a_unit()
    budget = a_budget(unit)
    a_line(budget, unit)
    moved(budget, State.FROZEN)
    with refused():
        run("UPDATE budget_spendingline SET amount = 2")


@pytest.mark.django_db(transaction=True)
def test_a_run_of_migrations_that_does_nothing_leaves_the_locks_on() -> None:
    unlock_before_migrating("default", plan=[])
    unit = a_unit()
    budget = a_budget(unit)
    moved(budget, State.FROZEN)
    with refused():
        SpendingLine.objects.create(budget=budget, unit=unit, **line_values())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another")
@pytest.mark.django_db(transaction=True)
def test_who_writes_past_the_program_waits_for_a_step_that_is_being_taken() -> None:
    unit = a_unit()
    budget = a_budget(unit)
    said: list[str] = []

    def write() -> None:
        try:
            a_line(budget, unit)
            said.append("written")
        except IntegrityError as error:
            said.append(str(error))
        finally:
            connection.close()

    writer = Thread(target=write)
    with transaction.atomic():
        moved(budget, State.FROZEN)
        writer.start()
        writer.join(0.5)
        assert said == []  # it waits
    writer.join(10)
    [answer] = said
    assert "审定后金额锁定" in answer
