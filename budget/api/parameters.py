"""What may stand behind the question mark; whatever else stands there is refused, never ignored."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from budget.api.errors import Malformed
from budget.api.negotiation import PARAMETER
from budget.terms import CodeScheme, Scope

MOST = 2000
USUAL = 100
CODE = r"^[0-9]{3}([0-9]{3})?\Z"

_SCHEMES = "、".join(f"{each.value}（{each.label}）" for each in CodeScheme)


class Parameters(serializers.Serializer):
    """No parameters but the format's."""


class Paged(Parameters):
    """Which page of a list."""

    page = serializers.IntegerField(
        min_value=1, max_value=1_000_000, default=1, help_text="第几页，从 1 开始。"
    )
    page_size = serializers.IntegerField(
        min_value=1, max_value=MOST, default=USUAL, help_text=f"每页条数，最多 {MOST}。"
    )


class OfYear(Paged):
    """A list that can be narrowed to a year and to departments or units."""

    year = serializers.IntegerField(
        min_value=1950, max_value=2999, required=False, help_text="预算年度，四位数字。"
    )
    scope = serializers.ChoiceField(
        [each.value for each in Scope],
        required=False,
        help_text="department：部门预算；unit：单位预算。",
    )


class OfReleases(OfYear):
    """Which releases."""

    code = serializers.RegexField(
        CODE, required=False, help_text="部门编码（3 位）或单位编码（6 位）。"
    )
    latest = serializers.BooleanField(
        default=False, help_text="true：只列每份文件现行的一版，不列已更正的。"
    )


class OfCodes(Paged):
    """Which list of codes."""

    year = serializers.IntegerField(
        min_value=1950, max_value=2999, help_text="预算年度：以该年度采用科目的日期为准。"
    )
    scheme = serializers.ChoiceField(
        [each.value for each in CodeScheme], help_text=f"科目分类：{_SCHEMES}。"
    )


def taken(asked: QueryDict, kind: type[Parameters]) -> dict[str, Any]:
    """Return the parameters of a request, typed, with what is not given filled in.

    Raises Malformed for a name that is not known here, given twice, or a value that cannot be.
    """
    given = {name: values for name, values in asked.lists() if name != PARAMETER}
    form = kind(data={name: values[-1] for name, values in given.items()})
    for name, values in given.items():
        if name not in form.fields:
            known = "、".join((*form.fields, PARAMETER))
            raise Malformed(f"没有名为“{name}”的参数；这里可用的有：{known}。")
        if len(values) > 1:
            raise Malformed(f"参数 {name} 给了 {len(values)} 次，只能给一次。")
    if not form.is_valid():
        told = (f"参数 {name}：{errors[0]}" for name, errors in form.errors.items())
        raise Malformed(" ".join(told))
    checked: dict[str, Any] = form.validated_data
    return checked
