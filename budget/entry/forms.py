"""A sheet sent as a plain form or as JSON, as changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict

from budget.sheets.changes import NEW, Change, Malformed, Removal, Wanted
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec

MOST_CHANGES = 20_000
WAS, DELETE = "was", "delete"
UNREADABLE = "请求无法识别，请刷新页面后重试"


def batch_id(text: object) -> UUID:
    """Return the batch's UUID. Raises Malformed."""
    try:
        return UUID(str(text))
    except ValueError as error:
        raise Malformed(UNREADABLE) from error


def from_json(body: bytes) -> tuple[UUID, str, list[Wanted]]:
    """Return batch, unit of money and changes of a saved batch. Raises Malformed."""
    try:
        asked = json.loads(body)
        changes = asked["changes"]
        if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
            raise Malformed(f"一次最多保存{MOST_CHANGES}处改动，请分几次")
        return batch_id(asked["batch"]), str(asked["unit"]), [_wanted(each) for each in changes]
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed(UNREADABLE) from error


def _wanted(told: Mapping[str, Any]) -> Wanted:
    row = str(told["row"])
    if told.get("delete"):
        return Removal(row, {str(name): str(text) for name, text in told.get("was", {}).items()})
    return Change(row, str(told["field"]), str(told.get("was", "")), str(told["now"]))


def from_form(spec: SheetSpec, part: Part, posted: QueryDict) -> list[Wanted]:
    """Return the changes of a plain form: what differs from the texts it was sent out with.

    A row's texts stand in ``was:<row>``, its cells under ``<row>:<column>``. Raises Malformed.
    """
    removed = set(posted.getlist(DELETE))
    wanted: list[Wanted] = []
    for name in posted:
        if name.startswith(f"{WAS}:"):
            row = name.removeprefix(f"{WAS}:")
            wanted += _of_row(spec, part, row, _texts(str(posted[name])), posted, row in removed)
    return wanted


def _texts(told: str) -> dict[str, str]:
    try:
        texts = json.loads(told)
        return {str(name): str(text) for name, text in texts.items()}
    except (ValueError, AttributeError) as error:
        raise Malformed(UNREADABLE) from error


def _of_row(
    spec: SheetSpec,
    part: Part,
    row: str,
    was: Mapping[str, str],
    posted: QueryDict,
    removed: bool,
) -> Iterable[Wanted]:
    if removed:
        return [] if row.startswith(NEW) else [Removal(row, was)]
    columns = [each for each in spec.columns if each.is_for(part) and not each.locked]
    pairs = [(column, _typed(row, column.key, posted)) for column in columns]
    changed = [
        Change(row, column.key, was.get(column.key, ""), now)
        for column, now in pairs
        if _plain(now) != _plain(was.get(column.key, ""))
    ]
    if changed and row.startswith(NEW):
        # A new row also says what it was begun with, which the person may have changed.
        changed = [Change(row, column.key, "", now) for column, now in pairs]
    return changed


def _typed(row: str, column: str, posted: QueryDict) -> str:
    return str(posted.get(f"{row}:{column}", ""))


def _plain(text: str) -> str:
    """Return a text as browsers send it back unchanged: line ends aside."""
    return text.replace("\r\n", "\n").strip()
