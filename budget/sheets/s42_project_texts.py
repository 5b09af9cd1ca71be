"""项目介绍: what the document tells of each project that it introduces."""

from budget.actions import Action
from budget.models import Project
from budget.sheets.kinds import Words
from budget.sheets.spec import Column, SheetSpec, sheet
from budget.sheets.stores import RowsOf

TEXTS = (
    ("overview", "项目概述"),
    ("basis", "立项依据"),
    ("executor", "实施主体"),
    ("plan", "实施方案"),
    ("period", "实施周期"),
    ("arrangement", "年度预算安排"),
)

PROJECT_TEXTS = sheet(
    SheetSpec(
        code="project-texts",
        title="项目介绍",
        group="项目支出",
        place=42,
        writes=Action.EDIT_TEXTS,
        note="只有在“项目”表中勾选“公开介绍”的项目会印在公开文件中。",
        columns=(
            Column(key="code", title="项目编码", kind=Words(), locked=True, matches=True),
            Column(key="name", title="项目名称", kind=Words(), locked=True),
            *(Column(key=key, title=title, kind=Words(lines=3)) for key, title in TEXTS),
        ),
        store=RowsOf(
            Project,
            ("code", "name", *(key for key, _ in TEXTS)),
            order=("code",),
            numbered=False,
            grows=False,
        ),
    )
)
