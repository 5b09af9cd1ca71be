"""The controls of a sheet as HTML.

A sheet has thousands of them, so they are put together here and not in a template. Everything that
comes from people is escaped; nothing else is put together from texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from budget.money import MoneyUnit
from budget.sheets.kinds import Code
from budget.sheets.part import Part
from budget.sheets.spec import Column

YES = "是"


@dataclass(frozen=True, slots=True)
class Said:
    """What is told at a cell after a form was sent: a typed text that was not saved, and why."""

    text: str
    message: str
    theirs: str = ""


@dataclass(frozen=True)
class Cells:
    """Makes the controls of one column; ``codes`` is where its codes are offered."""

    column: Column
    part: Part
    unit: MoneyUnit
    locked: bool = False
    codes: str = ""
    memory: dict[str, str] = field(default_factory=dict)

    def control(
        self,
        row: str,
        place: str,
        text: str,
        said: Said | None = None,
        *,
        label: str = "",
        granted: str = "",
    ) -> SafeString:
        """Return the control of one row, ``text`` being what is stored, in the person's unit.

        ``granted`` is what the bureau let stand of it, told beside the cell; "" where nothing is.
        """
        column = self.column
        shown = said.text if said else text
        name = f"{escape(row)}:{column.key}"
        label = label or (f"第{place}行 {column.title}" if place else column.title)
        common = (
            f' class="cell" id="row-{escape(row)}-{column.key}" name="{name}"'
            f' data-field="{column.key}" data-kind="{column.kind.name}"'
            f' data-was="{escape(text)}" aria-label="{escape(label)}"{self._state(said)}'
        )
        beside = f'<small class="granted">核定 {escape(granted)}</small>' if granted else ""
        return mark_safe(self._control(common, shown) + beside + _message(said))

    def _state(self, said: Said | None) -> str:
        parts = ' aria-invalid="true"' if said and said.message else ""
        if self.locked or self.column.locked:
            parts += " disabled" if self._is_choice else " readonly"
        elif self.column.required:
            parts += ' aria-required="true"'
        return parts

    @cached_property
    def _is_choice(self) -> bool:
        return self.column.kind.name in ("choice", "flag")

    def _control(self, common: str, shown: str) -> str:
        kind = self.column.kind.name
        if kind == "choice":
            return f"<select{common}>{self._options(shown)}</select>"
        if kind == "flag":
            ticked = " checked" if shown == YES else ""
            return f'<input type="checkbox"{common} value="{YES}"{ticked}>'
        if kind == "text" and getattr(self.column.kind, "lines", 1) > 1:
            lines = self.column.kind.lines  # type: ignore[attr-defined]
            return f'<textarea{common} rows="{lines}">{escape(shown)}</textarea>'
        if kind == "text":
            return f'<textarea{common} rows="1">{escape(shown)}</textarea>'
        if isinstance(self.column.kind, Code):
            name = escape(self.column.kind.named(shown, self.part))
            offered = f' data-codes="{self.codes}" value="{escape(shown)}" autocomplete="off"'
            return f'<input{common}{offered}><span class="code-name" title="{name}">{name}</span>'
        mode = ' inputmode="decimal"' if kind == "money" else ""
        return f'<input{common} value="{escape(shown)}" autocomplete="off"{mode}>'

    def _options(self, shown: str) -> str:
        if shown not in self.memory:
            labels = list(self._labels)
            if shown and shown not in labels:
                labels.append(shown)
            blank = [] if self.column.required and self.column.default else [""]
            self.memory[shown] = "".join(_option(each, shown) for each in [*blank, *labels])
        return self.memory[shown]

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        options: Mapping[str, str] = self.column.kind.options(self.part)  # type: ignore[attr-defined]
        return tuple(options.values())


def _option(label: str, shown: str) -> str:
    selected = " selected" if label == shown else ""
    return f"<option{selected}>{escape(label)}</option>"


def _message(said: Said | None) -> str:
    if said is None or not said.message:
        return ""
    theirs = f"现有的是“{escape(said.theirs)}”。" if said.theirs else ""
    return f'<small class="cell-message">{escape(said.message)}{theirs}</small>'
