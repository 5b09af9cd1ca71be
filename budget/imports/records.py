"""Records of text files as frozen values: the file's column is the value's field.

A blank means that nothing is given, so that the field keeps its default. Words of closed
vocabularies are the stored ones, yes and no are ``yes`` and blank, amounts are yuan.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from budget.terms import Term

Value = TypeVar("Value")
Convert = Callable[[Any], Any]


class MalformedRecord(ValueError):
    """A file or a record of it cannot be read; the message says where and why, in Chinese."""


def csv_records(path: Path, kind: type[Value]) -> tuple[Value, ...]:
    """Return the rows of a CSV file as values. Raises MalformedRecord."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MalformedRecord(f"{path.name}：无法读取（{error}）") from error
    return tuple(
        record(kind, row, f"{path.name} 第{number}行") for number, row in enumerate(rows, start=2)
    )


def json_content(path: Path) -> Any:
    """Return what a JSON file holds. Raises MalformedRecord."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MalformedRecord(f"{path.name}：无法读取（{error}）") from error


def json_records(path: Path, kind: type[Value]) -> tuple[Value, ...]:
    """Return the objects of a JSON list as values. Raises MalformedRecord."""
    content = json_content(path)
    if not isinstance(content, list):
        raise MalformedRecord(f"{path.name}：应为列表")
    return tuple(
        record(kind, each, f"{path.name} 第{number}项")
        for number, each in enumerate(content, start=1)
    )


def record(kind: type[Value], given: Mapping[str, Any], place: str) -> Value:
    """Return one record as a value of ``kind``; ``place`` begins the message of a refusal.

    Raises MalformedRecord for unknown or missing fields and for words that do not fit.
    """
    if not isinstance(given, Mapping):
        raise MalformedRecord(f"{place}：应为带字段名的记录")
    described: Any = kind
    known = _fields(described)
    unknown = [str(name) for name in given if name not in known]
    if unknown:
        raise MalformedRecord(f"{place}：没有名为 {'、'.join(unknown)} 的字段")
    filled = {name: value for name, value in given.items() if value not in ("", None)}
    for name, (field, _) in known.items():
        if name not in filled and _is_required(field):
            raise MalformedRecord(f"{place}：缺少 {name}")
    return kind(**{name: _converted(known[name][1], filled[name], place, name) for name in filled})


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _converted(convert: Convert, value: Any, place: str, name: str) -> Any:
    try:
        return convert(value)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise MalformedRecord(f"{place} {name}：“{value}”不是有效的值") from error


@lru_cache(maxsize=64)
def _fields(kind: type[Any]) -> Mapping[str, tuple[Field[Any], Convert]]:
    hints = get_type_hints(kind)
    return {field.name: (field, _converter(hints[field.name])) for field in fields(kind)}


def _converter(hint: Any) -> Convert:
    if isinstance(hint, UnionType):
        [hint] = [each for each in get_args(hint) if each is not type(None)]
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) is tuple:
        return _texts
    if isinstance(hint, type) and issubclass(hint, Term):
        return hint
    raise TypeError(f"no file says how to write a {hint}")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(_text(value) for value in values)


def _amount(value: object) -> Decimal:
    amount = Decimal(_text(value))
    if not amount.is_finite():
        raise ValueError(value)
    return amount


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise TypeError(value)
    return int(value)


def _flag(value: object) -> bool:
    if value not in ("yes", True, False):
        raise ValueError(value)
    return bool(value)


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


PLAIN: Mapping[Any, Convert] = {
    str: _text,
    Decimal: _amount,
    int: _whole,
    bool: _flag,
    date: _day,
}
