"""基本信息: the staff of a unit and its offices."""

from operator import attrgetter

from budget.actions import Action
from budget.sheets.kinds import Count, Names
from budget.sheets.spec import Column, Layout, SheetSpec, sheet
from budget.sheets.stores import OneRow

ABOUT = sheet(
    SheetSpec(
        code="about",
        title="基本信息",
        group="基本信息",
        place=10,
        writes=Action.EDIT_TEXTS,
        layout=Layout.FORM,
        note="职能职责等文字在“文字说明”中填写。",
        columns=(
            Column(key="authorised_staff", title="编制人数", kind=Count()),
            Column(key="actual_staff", title="实有人数", kind=Count(), note="年初在编在岗"),
            Column(key="retired_staff", title="离退休人数", kind=Count()),
            Column(key="offices", title="内设机构", kind=Names(), note="按次序填写，用顿号隔开"),
        ),
        store=OneRow(
            attrgetter("unit_budget"),
            ("authorised_staff", "actual_staff", "retired_staff", "offices"),
        ),
    )
)
