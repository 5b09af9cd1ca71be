"""Classification lists of one year (fixtures/codes/<year>) into the database, all or nothing.

A row is known by its code and the date on which it begins. A code in force that a year's list no
longer holds ends on 31 December before; one that would then end before it began is switched off.
A list cannot know of later years: an end that a later list gave is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from budget.imports.code_files import LISTS, CodeList
from budget.imports.records import MalformedRecord

Key = tuple[Any, ...]


class UnknownListYear(LookupError):
    """There are no code lists of that year."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What loading one list changed, in rows; ``inactive`` of them are not confirmed."""

    label: str
    added: int
    changed: int
    same: int
    ended: int
    inactive: int


def load_lists(directory: Path, year: int, *, dry_run: bool = False) -> list[Outcome]:
    """Load all lists of a year from ``directory``/<year>; a dry run only says what would change.

    Raises UnknownListYear, and MalformedRecord naming file and line; nothing is loaded then.
    """
    folder = directory / str(year)
    if not folder.is_dir():
        known = "、".join(sorted(each.name for each in directory.glob("[0-9]*"))) or "（无）"
        raise UnknownListYear(f"没有{year}年的科目表；现有年度：{known}")
    read = [(each, each.read(folder / each.file)) for each in LISTS]
    with transaction.atomic():
        outcomes = [_loaded(each, rows, year) for each, rows in read]
        transaction.set_rollback(dry_run)
    return outcomes


def latest_year(directory: Path, until: int | None = None) -> int:
    """Return the latest year, no later than ``until``, for which there are lists.

    Raises UnknownListYear.
    """
    years = [int(each.name) for each in directory.glob("[0-9][0-9][0-9][0-9]") if each.is_dir()]
    usable = [year for year in years if until is None or year <= until]
    if not usable:
        limit = "" if until is None else f"{until}年及以前"
        raise UnknownListYear(f"目录 {directory} 中没有{limit or '任何年度'}的科目表")
    return max(usable)


def _loaded(listed: CodeList, rows: list[models.Model], year: int) -> Outcome:
    stored = {_key(listed, row): row for row in listed.model._default_manager.all()}
    given = _by_key(listed, rows)
    fields = [field.name for field in listed.model._meta.concrete_fields if not field.primary_key]
    added = [row for key, row in given.items() if key not in stored]
    changed = []
    for key, row in given.items():
        if key in stored and _taken_over(stored[key], row, fields, year):
            changed.append(stored[key])
    gone = [row for key, row in stored.items() if key not in given]
    ended = [row for row in gone if _ended(row, year)]
    # A row that ends makes room before another of the same code begins.
    listed.model._default_manager.bulk_update([*changed, *ended], fields, batch_size=200)
    listed.model._default_manager.bulk_create(added, batch_size=500)
    return Outcome(
        label=listed.label,
        added=len(added),
        changed=len(changed),
        same=len(given) - len(added) - len(changed),
        ended=len(ended),
        inactive=sum(not _value(row, "is_active") for row in given.values()),
    )


def _by_key(listed: CodeList, rows: Sequence[models.Model]) -> dict[Key, models.Model]:
    found: dict[Key, models.Model] = {}
    for number, row in enumerate(rows, start=2):
        key = _key(listed, row)
        if key in found:
            raise MalformedRecord(f"{listed.file} 第{number}行：与前面的一行重复")
        found[key] = row
    return found


def _key(listed: CodeList, row: models.Model) -> Key:
    return tuple(_value(row, name) for name in listed.key)


def _value(row: models.Model, name: str) -> Any:
    return getattr(row, name)


def _taken_over(
    stored: models.Model, given: models.Model, fields: Iterable[str], year: int
) -> bool:
    """Give the stored row what the list says; return whether anything changed."""
    changed = False
    for name in fields:
        value = _value(given, name)
        if value == _value(stored, name) or _is_later_end(stored, name, value, year):
            continue
        setattr(stored, name, value)
        changed = True
    return changed


def _is_later_end(stored: models.Model, name: str, value: object, year: int) -> bool:
    if name != "valid_to" or value is not None:
        return False
    return bool(_value(stored, "valid_to") >= date(year, 12, 31))


def _ended(row: models.Model, year: int) -> bool:
    """End a row that the year's list no longer holds; False where it is not in force anyway."""
    if not _value(row, "is_active"):
        return False
    if not hasattr(row, "valid_from"):
        row.is_active = False  # type: ignore[attr-defined]
        return True
    begins, ends = _value(row, "valid_from"), _value(row, "valid_to")
    first, last = date(year, 1, 1), date(year, 12, 31)
    if (begins is not None and begins > last) or (ends is not None and ends < first):
        return False
    if begins is not None and begins >= first:
        row.is_active = False  # type: ignore[attr-defined]
    else:
        row.valid_to = date(year - 1, 12, 31)  # type: ignore[attr-defined]
    return True
