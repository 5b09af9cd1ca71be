"""What a database holds, in figures: read before and after, they must be the same.

They are asked for in plain SQL, so that a copy that Django does not know can be asked as well. A
database that an older program made may lack tables; what it lacks is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from django.apps import apps
from django.db.models import FileField

from budget.backup.errors import BadArchive
from budget.models import (
    AuditHead,
    DepartmentBudget,
    Release,
    ReleaseFile,
    RevenueLine,
    SpendingLine,
)
from budget.models.storage import Inside

Ask: TypeAlias = Callable[[str], Sequence[tuple[Any, ...]]]
"""A database as a function from a query to its rows."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures: amounts are 分 by year, ``rows`` counts by table, ``audit`` the chain's end."""

    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    spending: Mapping[str, int]
    revenue: Mapping[str, int]
    audit: tuple[int, str]
    releases: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return them as what JSON can hold."""
        return asdict(self)


def from_plain(told: Mapping[str, Any]) -> Facts:
    """Return the figures that JSON held. Raises BadArchive where it holds something else."""
    try:
        number, digest = told["audit"]
        return Facts(
            migrations=tuple(map(str, told["migrations"])),
            rows=_counts(told["rows"]),
            spending=_counts(told["spending"]),
            revenue=_counts(told["revenue"]),
            audit=(int(number), str(digest)),
            releases=tuple(map(str, told["releases"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadArchive("备份清单中的核对数不完整") from error


def _counts(told: Mapping[str, Any]) -> dict[str, int]:
    return {str(name): int(value) for name, value in told.items()}


def read(ask: Ask, tables: Sequence[str]) -> Facts:
    """Return the figures of a database whose tables are named."""
    known = frozenset(tables)
    return Facts(
        migrations=_migrations(ask, known),
        rows={name: int(ask(f'SELECT COUNT(*) FROM "{name}"')[0][0]) for name in sorted(known)},
        spending=_by_year(ask, SpendingLine._meta.db_table, known),
        revenue=_by_year(ask, RevenueLine._meta.db_table, known),
        audit=_audit(ask, known),
        releases=_releases(ask, known),
    )


def _migrations(ask: Ask, known: frozenset[str]) -> tuple[str, ...]:
    if "django_migrations" not in known:
        return ()
    return tuple(sorted({f"{app}.{name}" for app, name in _migrated(ask)}))


def _migrated(ask: Ask) -> Sequence[tuple[Any, ...]]:
    return ask("SELECT app, name FROM django_migrations")


def _by_year(ask: Ask, table: str, known: frozenset[str]) -> dict[str, int]:
    if table not in known:
        return {}
    budgets = DepartmentBudget._meta.db_table
    rows = ask(
        f"SELECT b.year_id, SUM(l.amount) FROM {table} l"
        f" JOIN {budgets} b ON b.id = l.budget_id GROUP BY b.year_id ORDER BY b.year_id"
    )
    return {str(year): int(total) for year, total in rows}


def _audit(ask: Ask, known: frozenset[str]) -> tuple[int, str]:
    table = AuditHead._meta.db_table
    rows = ask(f"SELECT number, digest FROM {table}") if table in known else ()
    return (int(rows[0][0]), str(rows[0][1])) if rows else (0, "")


def _releases(ask: Ask, known: frozenset[str]) -> tuple[str, ...]:
    table = Release._meta.db_table
    if table not in known:
        return ()
    rows = ask(f"SELECT scope, code, year, number, digest FROM {table} ORDER BY id")
    return tuple(" ".join(map(str, row)) for row in rows)


def differences(expected: Facts, found: Facts) -> Iterator[str]:
    """Yield in Chinese what is not the same."""
    for title, name in (
        ("迁移", "migrations"),
        ("发布版", "releases"),
        ("审计链末端", "audit"),
    ):
        if getattr(expected, name) != getattr(found, name):
            yield f"{title}与备份清单不一致"
    for title, name in (
        ("行数", "rows"),
        ("支出合计（分）", "spending"),
        ("收入合计（分）", "revenue"),
    ):
        ours, theirs = getattr(expected, name), getattr(found, name)
        for key in sorted(ours.keys() | theirs.keys()):
            if ours.get(key) != theirs.get(key):
                yield f"{key} 的{title}应为{ours.get(key)}，实为{theirs.get(key)}"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a row names: known by its content's digest, or by its place under a root."""

    told: str
    digest: str = ""
    place: str = ""


def named_files(ask: Ask, tables: Sequence[str]) -> Iterator[NamedFile]:
    """Yield every file that the database says there is."""
    table = ReleaseFile._meta.db_table
    if table in tables:
        for name, digest in ask(f"SELECT name, digest FROM {table}"):
            yield NamedFile(f"发布文件“{name}”", digest=str(digest))
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, FileField) or not isinstance(field.storage, Inside):
                continue
            if model._meta.db_table in tables:
                yield from _kept_inside(ask, model._meta.db_table, str(field.column))


def _kept_inside(ask: Ask, table: str, column: str) -> Iterator[NamedFile]:
    for (place,) in ask(f"SELECT {column} FROM {table}"):
        if place:
            yield NamedFile(f"内部文件“{place}”", place=f"inside/{place}")
