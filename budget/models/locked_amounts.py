"""Rows that hold money, as the database itself keeps them from 审定 on, on both engines.

The program asks for the state first, under the budget's lock, and says so to people; whoever writes
past it meets these triggers. What is locked are amounts and what they stand for. Words are not:
they may be mended until the package is made, and rows without money are not here at all.

Every locked row names its budget itself. A row that has no budget yet, or none any more, is not
locked: so a budget that is locked cannot be deleted either, which would free its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from budget.terms import State

LOCKING: Final = (
    *(State.FROZEN, State.APPROVED, State.READY, State.PUBLISHED, State.WITHDRAWN),
    State.VOID,
)
"""The states in which amounts stand. 撤销批复 leads out of them; nothing leads out of 已作废."""

ACTS: Final = ("INSERT", "UPDATE", "DELETE")
INTRODUCTION: Final = ("overview", "basis", "executor", "plan", "period", "arrangement")
"""The texts of 项目介绍, which are kept in the project's own row."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A table whose rows are locked with their budget.

    ``way`` is the column that holds the budget's key, ``words`` are the columns that stay open.
    """

    label: str
    way: str = "budget_id"
    acts: tuple[str, ...] = ACTS
    words: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """The model of the rows."""
        return apps.get_model(self.label)

    @property
    def table(self) -> str:
        """The name of the table."""
        return self.model._meta.db_table

    @property
    def refusal(self) -> str:
        """What the database says, in Chinese."""
        title = self.model._meta.verbose_name
        return f"部门预算审定后金额锁定，不能增加、修改或删除“{title}”"


LOCKED: Final = (
    Locked("budget.SpendingLine"),
    Locked("budget.RevenueLine"),
    Locked("budget.Project", words=INTRODUCTION),
    Locked("budget.Event"),
    Locked("budget.ProcurementItem"),
    Locked("budget.PriorFigure"),
    Locked("budget.ExecutedFigure"),
    Locked("budget.ApprovedAmount"),
    Locked("budget.GrantedAmount"),
    Locked("budget.Ceiling"),
    Locked("budget.DepartmentBudget", way="id", acts=("DELETE",)),
)
"""Every table with money of a budget, and the budget, which holds them together.

Not here: 控制数变动 and 核定数变动, which say what was done and are only ever added to.
"""


def lock(connection: BaseDatabaseWrapper, tables: Iterable[Locked] = LOCKED) -> None:
    """Let the database refuse to change amounts of a budget that is 审定 or further."""
    _run(connection, (sql for each in tables for sql in _locks(connection, each)))


def unlock(connection: BaseDatabaseWrapper, tables: Iterable[Locked] = LOCKED) -> None:
    """Take the refusal away, so that migrations can make tables anew."""
    _run(connection, (sql for each in tables for sql in _unlocks(connection.vendor, each)))


def locked_tables(there: Iterable[str]) -> list[Locked]:
    """Return what is locked of the tables that are there; nothing while there are no budgets."""
    names = frozenset(there)
    owner = apps.get_model("budget.DepartmentBudget")._meta.db_table
    return [each for each in LOCKED if each.table in names and owner in names]


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for sql in list(statements):
            cursor.execute(sql)


def _locks(connection: BaseDatabaseWrapper, locked: Locked) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield from (_sqlite(connection, locked, act) for act in locked.acts)
    else:
        yield from _postgresql(connection, locked)


def _unlocks(vendor: str, locked: Locked) -> Iterator[str]:
    on = "" if vendor == "sqlite" else f" ON {locked.table}"
    names = [_name(locked, act) for act in locked.acts]
    if vendor != "sqlite":
        names.append(_name(locked, "TRUNCATE"))
    yield from (f"DROP TRIGGER IF EXISTS {name}{on}" for name in names)


def _name(locked: Locked, act: str) -> str:
    return f"{locked.table}_locked_{act.lower()}"


def _event(connection: BaseDatabaseWrapper, locked: Locked, act: str) -> str:
    """Return on what a trigger waits: on changes of words it does not."""
    if act != "UPDATE" or not locked.words:
        return act
    with connection.cursor() as cursor:
        there: Any = connection.introspection.get_table_description(cursor, locked.table)
    names = (column.name for column in there if column.name not in locked.words)
    return f"UPDATE OF {', '.join(names)}"


def _standing() -> str:
    return ", ".join(f"'{state.value}'" for state in LOCKING)


# ---- SQLite

ROWS: Final = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
"""What a trigger sees: a row that moves from one budget to another is a row of both."""


def _sqlite(connection: BaseDatabaseWrapper, locked: Locked, act: str) -> str:
    owners = ", ".join(f"{row}.{locked.way}" for row in ROWS[act])
    return (
        f"CREATE TRIGGER IF NOT EXISTS {_name(locked, act)}"
        f" BEFORE {_event(connection, locked, act)} ON {locked.table}"
        " WHEN EXISTS (SELECT 1 FROM budget_departmentbudget"
        f" WHERE id IN ({owners}) AND state IN ({_standing()}))"
        f" BEGIN SELECT RAISE(ABORT, '{locked.refusal}'); END"
    )


# ---- PostgreSQL


def _postgresql(connection: BaseDatabaseWrapper, locked: Locked) -> Iterator[str]:
    function = f"budget_locked_by_{locked.way}"
    yield _function(function, locked.way)
    for act in locked.acts:
        yield (
            f"CREATE OR REPLACE TRIGGER {_name(locked, act)}"
            f" BEFORE {_event(connection, locked, act)} ON {locked.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}('{locked.refusal}')"
        )
    yield (
        f"CREATE OR REPLACE TRIGGER {_name(locked, 'TRUNCATE')} BEFORE TRUNCATE ON {locked.table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}('{locked.refusal}')"
    )


def _function(name: str, way: str) -> str:
    """Return the function that asks a row's budgets for their state, and holds them to it.

    Without the lock a row could be written while another transaction takes the step to 审定. The
    program holds a stronger one already. Emptying a table is refused while any budget is locked.
    """
    refuse = "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$\n"
        "DECLARE found text;\n"
        "BEGIN\n"
        "  IF TG_OP = 'TRUNCATE' THEN\n"
        "    IF EXISTS (SELECT 1 FROM budget_departmentbudget\n"
        f"               WHERE state IN ({_standing()})) THEN {refuse}; END IF;\n"
        "    RETURN NULL;\n"
        "  END IF;\n"
        "  FOR found IN SELECT state FROM budget_departmentbudget\n"
        f"    WHERE id IN (OLD.{way}, NEW.{way}) ORDER BY id FOR SHARE\n"
        "  LOOP\n"
        f"    IF found IN ({_standing()}) THEN {refuse}; END IF;\n"
        "  END LOOP;\n"
        "  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n"
        "  RETURN NEW;\n"
        "END $$ LANGUAGE plpgsql"
    )
