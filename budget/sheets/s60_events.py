"""会议培训: the register of meetings, training and celebrations."""

from budget.models import Event
from budget.sheets.kinds import Choice, Count, Money, Words
from budget.sheets.spec import Column, SheetSpec, sheet
from budget.sheets.stores import RowsOf
from budget.terms import EventKind

EVENTS = sheet(
    SheetSpec(
        code="events",
        title="会议、培训和活动",
        group="会议培训",
        place=60,
        note="金额分别写明在基本支出和项目支出中安排多少；没有的填0。",
        columns=(
            Column(key="kind", title="类别", kind=Choice(EventKind), required=True, matches=True),
            Column(key="name", title="名称", kind=Words(), required=True, matches=True),
            Column(key="content", title="内容", kind=Words(lines=2), note="如“内容为”之后的文字"),
            Column(key="attendance", title="人数", kind=Count(), required=True),
            Column(key="basic", title="基本支出", kind=Money(), required=True, summed=True),
            Column(key="project", title="项目支出", kind=Money(), required=True, summed=True),
        ),
        store=RowsOf(Event, ("kind", "name", "content", "attendance", "basic", "project")),
    )
)
