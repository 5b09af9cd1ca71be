"""What the bureau's forms have in common: days, words of a vocabulary, uploads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from budget.terms import Term

NOTHING = ("", "（请选择）")


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, None where it was only asked for."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> Any:
    """Return the files that a form sent, None where it was only asked for."""
    return request.FILES if request.method == "POST" else None


class Day(forms.DateInput):
    """A day as the browser's own field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Write a day as browsers expect it."""
        super().__init__(attrs, format="%Y-%m-%d")


def day(label: str, help_text: str = "", required: bool = True) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, help_text=help_text, required=required, widget=Day)


class TermChoice(forms.TypedChoiceField):
    """A word of a vocabulary; what is cleaned is the term."""

    def __init__(self, terms: Iterable[Term], label: str, **options: Any) -> None:
        self.terms = {term.value: term for term in terms}
        choices = [NOTHING, *((term.value, term.label) for term in self.terms.values())]
        super().__init__(
            label=label, choices=choices, coerce=self.terms.__getitem__, empty_value=None, **options
        )


class UploadForm(forms.Form):
    """A file to take in."""

    file = forms.FileField(label="文件", help_text="xlsx 或 csv，第1行为列名，最多2万行。")
