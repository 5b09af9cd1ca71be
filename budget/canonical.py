"""Books and documents as canonical JSON, their digests, and where two of them differ. Pure.

Canonical: UTF-8, keys sorted, no blanks, no escapes but those JSON needs; terms by their stored
word. Equal values give equal bytes, so a digest stands for the value. Amounts of a book are
numbers and lose idle zeros; numbers of a document are printed and keep them. Fields that take no
part in comparing values (the questions behind a cell) are no part of what is frozen.

Other packages register the type of their part of the book, so that it can be read back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from cattrs import Converter
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from budget.book import BudgetBook
from budget.document import Chart, Disclosure, Figure, Gap, Paragraph, Run, require_finished
from budget.lines import SPARSE
from budget.registry import Registry
from budget.remarks import Remarks
from budget.terms import Term

Value = TypeVar("Value")

PARTS: Registry[type[Any]] = Registry("可冻结的预算附加部分")

FORM: Final = 1
"""The form of the JSON below; it is raised when a change makes older content unreadable."""


class UnreadableContent(ValueError):
    """Bytes are no canonical content of the kind that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a document is made from, as frozen in a snapshot."""

    book: BudgetBook
    remarks: Remarks
    edition: str
    settings: Mapping[str, str] = field(default_factory=dict)


def inputs_content(inputs: Inputs) -> bytes:
    """Return a document's inputs as canonical JSON.

    Raises UnknownDeclaration for a part that nobody registered.
    """
    return content(NUMBERS.unstructure(inputs))


def read_inputs(given: bytes) -> Inputs:
    """Return the inputs that canonical JSON holds. Raises UnreadableContent."""
    return _read(NUMBERS, given, Inputs)


def disclosure_content(disclosure: Disclosure) -> bytes:
    """Return a document as canonical JSON: every displayed text, every printed number.

    Raises UnfinishedDocument for a draft that lacks something.
    """
    require_finished(disclosure)
    return content(PRINTED.unstructure(disclosure))


def read_disclosure(given: bytes) -> Disclosure:
    """Return the document that canonical JSON holds. Raises UnreadableContent."""
    return _read(PRINTED, given, Disclosure)


def content(plain: Any) -> bytes:
    """Return plain values (dicts, lists, texts, whole numbers) as canonical JSON."""
    enveloped = {"form": FORM, "value": plain}
    text = json.dumps(enveloped, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def digest(given: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(given).hexdigest()


def compare(left: bytes, right: bytes) -> tuple[str, ...]:
    """Return the paths at which two canonical contents differ, in order; () when they are equal.

    Entries of a list are known by what identifies them (unit and sequence, code, key …), so that
    one more line is one difference: ``book/lines/157001:3/amount``. A list whose entries only
    stand in another order is one difference too, at the list.
    """
    return tuple(sorted(_differences("", _opened(left), _opened(right))))


def _opened(given: bytes) -> Any:
    try:
        enveloped = json.loads(given)
    except ValueError as error:
        raise UnreadableContent("内容不是有效的 JSON") from error
    if not isinstance(enveloped, dict) or enveloped.get("form") != FORM:
        raise UnreadableContent(f"内容不是第 {FORM} 版的规范格式")
    return enveloped["value"]


def _read(converter: Converter, given: bytes, kind: type[Value]) -> Value:
    plain = _opened(given)
    try:
        return converter.structure(plain, kind)
    except (ForbiddenExtraKeysError, LookupError, ValueError, TypeError, ArithmeticError) as error:
        raise UnreadableContent(f"内容不是有效的 {kind.__name__}") from error


# ---- the two converters


def _converter(written: Any) -> Converter:
    """Return a converter of our values; ``written`` turns a number into its text."""
    made = Converter(forbid_extra_keys=True, detailed_validation=False)
    made.register_unstructure_hook(Decimal, written)
    made.register_structure_hook(Decimal, lambda text, _: Decimal(_text(text)))
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, lambda text, _: date.fromisoformat(_text(text)))
    for plain in (str, int, bool):
        made.register_structure_hook(plain, _same)
    made.register_structure_hook(Term, lambda word, kind: kind(_text(word)))
    made.register_unstructure_hook_factory(is_dataclass, lambda kind: _unstructure(made, kind))
    made.register_structure_hook_factory(is_dataclass, lambda kind: _structure(made, kind))
    made.register_structure_hook(str | Figure | Gap, lambda value, _: _run(made, value))
    made.register_structure_hook(
        Paragraph | Chart,
        lambda value, _: made.structure(value, Chart if "svg" in value else Paragraph),
    )
    made.register_unstructure_hook(Decimal | str | None, lambda value: _tagged(written, value))
    made.register_structure_hook(Decimal | str | None, lambda value, _: _untagged(value))
    return made


def _unstructure(made: Converter, kind: type[Any]) -> Any:
    """Return what takes a value of a dataclass apart."""
    special = _left_out(kind)
    if kind is BudgetBook:
        special["parts"] = override(unstruct_hook=lambda parts: _apart(made, parts))
    return make_dict_unstructure_fn(kind, made, **special)


def _structure(made: Converter, kind: type[Any]) -> Any:
    """Return what makes a value of a dataclass, and refuses what is too much or of another kind."""
    special = _left_out(kind)
    if kind is BudgetBook:
        special["parts"] = override(struct_hook=lambda parts, _: _together(made, parts))
    return make_dict_structure_fn(kind, made, **special)


def _left_out(kind: type[Any]) -> dict[str, Any]:
    """Return the fields that are left out, always or where they say nothing, for cattrs."""
    sparse = (each for each in fields(kind) if each.metadata == SPARSE)
    return {
        **{each.name: override(omit=True) for each in fields(kind) if not each.compare},
        **{each.name: override(omit_if_default=True) for each in sparse},
    }


def _apart(made: Converter, parts: Mapping[str, object]) -> dict[str, Any]:
    return {name: made.unstructure(part, PARTS[name]) for name, part in parts.items()}


def _together(made: Converter, parts: Mapping[str, Any]) -> dict[str, object]:
    return {name: made.structure(part, PARTS[name]) for name, part in parts.items()}


def _same(value: Any, kind: type[Any]) -> Any:
    """Return a value that must be of its kind already: canonical content is never coerced."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _text(value: Any) -> str:
    text: str = _same(value, str)
    return text


def _run(made: Converter, value: Any) -> Run:
    """Return words or a figure; what is frozen has no gap."""
    return value if isinstance(value, str) else made.structure(value, Figure)


def _tagged(written: Any, value: Decimal | str | None) -> Any:
    """Tell the number of a cell from its text: both are texts in JSON."""
    return {"number": written(value)} if isinstance(value, Decimal) else value


def _untagged(value: Any) -> Decimal | str | None:
    if isinstance(value, dict):
        return Decimal(_text(value["number"]))
    return None if value is None else _text(value)


def _without_idle_zeros(number: Decimal) -> str:
    """Return the one text of a number: 100.00 and 1E+2 are 100, minus zero is 0."""
    return "0" if number.is_zero() else f"{number.normalize():f}"


NUMBERS: Final = _converter(_without_idle_zeros)
PRINTED: Final = _converter(lambda number: f"{number:f}")


# ---- comparing

IDENTITIES: Final = (
    ("unit", "sequence"),
    ("unit", "project"),
    ("unit", "holding", "use"),
    ("unit", "holding", "kind"),
    ("unit", "measure"),
    ("unit", "source", "carried_over"),
    ("address",),
    ("code",),
    ("key",),
    ("unit",),
)


def _differences(at: str, left: Any, right: Any) -> Iterator[str]:
    if isinstance(left, list) and isinstance(right, list):
        left, right = _keyed(left, right)
        if _order(left, right) != _order(right, left):
            yield at
    if isinstance(left, dict) and isinstance(right, dict):
        for name in left.keys() | right.keys():
            place = f"{at}/{name}" if at else name
            if name in left and name in right:
                yield from _differences(place, left[name], right[name])
            else:
                yield place
    elif left != right:
        yield at


def _order(keyed: dict[str, Any], others: dict[str, Any]) -> list[str]:
    """Return the keys that both have, in the order of the first."""
    return [key for key in keyed if key in others]


def _keyed(left: list[Any], right: list[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both lists by what identifies their entries, else by position."""
    for names in IDENTITIES:
        mine, theirs = _by(names, left), _by(names, right)
        if mine is not None and theirs is not None:
            return mine, theirs
    return _by_position(left), _by_position(right)


def _by(names: tuple[str, ...], entries: list[Any]) -> dict[str, Any] | None:
    """Return entries by an identity; None where one lacks it or two share it."""
    found: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or any(name not in entry for name in names):
            return None
        found[":".join(str(entry[name]) for name in names)] = entry
    return found if len(found) == len(entries) else None


def _by_position(entries: list[Any]) -> dict[str, Any]:
    return {str(place): entry for place, entry in enumerate(entries, start=1)}
