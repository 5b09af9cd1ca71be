"""文字说明: what only people can say. The document says where; figures in it are not typed."""

from budget.actions import Action
from budget.sheets.asked import AskedTexts, asked
from budget.sheets.kinds import Words
from budget.sheets.spec import Column, Layout, SheetSpec, sheet
from budget.terms import Scope

TEXTS = sheet(
    SheetSpec(
        code="texts",
        title="文字说明",
        group="文字说明",
        place=80,
        layout=Layout.FORM,
        note="数字、增减和比例由系统写出；只在框里写职能、原因和用途。",
        columns=(Column(key="text", title="文字", kind=Words(lines=3)),),
        store=AskedTexts(),
        scopes=frozenset({Scope.UNIT, Scope.DEPARTMENT}),
        writes=Action.EDIT_TEXTS,
        template="entry/texts.html",
        names=asked,
    )
)
