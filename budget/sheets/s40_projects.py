"""项目: what a unit's projects are; their money is in 项目支出."""

from collections.abc import Iterable

from budget.models import Project
from budget.sheets.kinds import Choice, Day, Flag, Money, Words
from budget.sheets.part import Part
from budget.sheets.spec import Column, Fault, Row, SheetSpec, Values, sheet
from budget.sheets.stores import RowsOf
from budget.spellings import Unreadable
from budget.terms import ProjectCategory, ProjectNature


class ProjectCode(Words):
    """A project's code: letters, digits and - . _"""

    def read(self, text: str, part: Part, unit: object) -> str | None:
        """Return the code. Raises Unreadable."""
        code = text.strip()
        if not code:
            return None
        if len(code) > 40 or not (code[0].isascii() and code[0].isalnum()):
            raise Unreadable("项目编码以字母或数字开头，最多40个字符")
        if not all(each.isascii() and (each.isalnum() or each in "-._") for each in code):
            raise Unreadable("项目编码只能由字母、数字和 - . _ 组成")
        return code


def ends_after_start(values: Values, part: Part) -> Fault | None:
    """A project does not end before it begins."""
    begins, ends = values["starts_on"], values["ends_on"]
    if begins is not None and ends is not None and ends < begins:
        return Fault("ends_on", "结束日期早于开始日期")
    return None


def code_is_free(values: Values, part: Part) -> Fault | None:
    """No other unit of the department has a project of this code."""
    code = str(values["code"])
    if code in part.projects_elsewhere:
        return Fault("code", f"{part.projects_elsewhere[code]}已有编码为 {code} 的项目")
    return None


def has_no_money(row: Row, part: Part) -> str | None:
    """Say why a project must stay, None where it may go."""
    project = part.projects[str(row.values["code"])]
    lines, items = project.lines.count(), project.procurement.count()
    if lines or items:
        return f"该项目还有{lines}笔支出、{items}项采购，请先删除或改到其他项目"
    files = project.attachments.count()
    return f"该项目还有{files}个附件，请先在“附件”中删除" if files else None


def brings_projects(part: Part, made: Iterable[Values]) -> None:
    """Let later sheets of the same act of saving name the new projects."""
    part.coming.update(str(values["code"]) for values in made)


PROJECTS = sheet(
    SheetSpec(
        code="projects",
        title="项目",
        group="项目支出",
        place=40,
        note="先登记项目，再在“项目支出”中填它的金额。",
        columns=(
            Column(
                key="code",
                title="项目编码",
                kind=ProjectCode(longest=40),
                required=True,
                matches=True,
            ),
            Column(
                key="name", title="项目名称", kind=Words(longest=200), required=True, matches=True
            ),
            Column(
                key="category",
                title="项目类别",
                kind=Choice(ProjectCategory),
                required=True,
                default=ProjectCategory.OTHER_PURPOSE.label,
            ),
            Column(key="purpose", title="项目用途", kind=Words(lines=2), note="印在文字说明中"),
            Column(key="nature", title="项目性质", kind=Choice(ProjectNature)),
            Column(key="starts_on", title="开始日期", kind=Day()),
            Column(key="ends_on", title="结束日期", kind=Day()),
            Column(key="total_appropriated", title="总额：财政资金", kind=Money()),
            Column(key="total_other", title="总额：其他资金", kind=Money()),
            Column(key="introduced", title="公开介绍", kind=Flag(), note="在公开文件中介绍该项目"),
        ),
        store=RowsOf(
            Project,
            (
                *("code", "name", "category", "purpose", "nature", "starts_on", "ends_on"),
                *("total_appropriated", "total_other", "introduced"),
            ),
            order=("code",),
            numbered=False,
        ),
        checks=(ends_after_start, code_is_free),
        once=((("code",), "项目编码已经用过"),),
        before_delete=has_no_money,
        provides=brings_projects,
    )
)
