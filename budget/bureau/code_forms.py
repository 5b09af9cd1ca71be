"""The forms of codes: one added, one ended, a next list, an answer to a proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from budget.bureau.forms import TermChoice, UploadForm, day
from budget.bureau.organisation_forms import RowForm
from budget.codes import MalformedCode, parent, parse_code
from budget.models import EconomicCode, FunctionCode
from budget.resources.next_list import holding_on
from budget.terms import CodeScheme, Fund


class CodeField(forms.CharField):
    """A classification code in any spelling; what is cleaned is the stored one."""

    def to_python(self, value: Any) -> str:
        """Return the code. Raises ValidationError in Chinese."""
        text = super().to_python(value) or ""
        try:
            return parse_code(text) if text else ""
        except MalformedCode as error:
            raise ValidationError(str(error)) from error


class CodeForm(RowForm):
    """A new code; its parent must be in force on its first day."""

    code = CodeField(label="科目编码", help_text="如 2010301 或 201-03-01。")
    name = forms.CharField(label="名称", max_length=100)
    valid_from = day("生效日期", "从这一天起可以使用，通常是1月1日。")
    origin = forms.CharField(
        label="依据", max_length=100, required=False, help_text="如文件名称和文号。"
    )

    def __init__(self, data: Any, row: FunctionCode | EconomicCode) -> None:
        super().__init__(data, row)
        if isinstance(row, FunctionCode):
            self.fields["fund"] = TermChoice(Fund, "所属预算")

    @property
    def scheme(self) -> CodeScheme:
        """Which classification the code is of."""
        row: Any = self.row
        scheme: CodeScheme = getattr(row, "scheme", CodeScheme.FUNCTION)
        return scheme

    def clean(self) -> dict[str, Any]:
        """Refuse a code without parent, and one that is in force already."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code, begins = cleaned.get("code"), cleaned.get("valid_from")
        if code and begins:
            held = holding_on(self.scheme, begins)
            above = parent(code)
            if above is not None and above not in held:
                self.add_error("code", f"上级科目 {above} 在这一天不在科目表中，请先增加。")
            if code in held:
                words = f"{code} 已在科目表中（{held[code].name}）；改名请导入新的科目表。"
                self.add_error("code", words)
        return cleaned


class EndForm(RowForm):
    """The last day of a code; empty again where it goes on."""

    valid_to = day("失效日期", "这一天之后不再使用；空白表示仍有效。", required=False)


class NextListForm(UploadForm):
    """A whole list and the day from which it holds."""

    begins = day("生效日期", "从这一天起按新表，通常是1月1日；此前的年度不变。")


class AnswerForm(forms.Form):
    """Which code to use instead of a proposed one, and why."""

    use_instead = CodeField(label="改用科目")
    reason = forms.CharField(label="说明", max_length=200, required=False)
