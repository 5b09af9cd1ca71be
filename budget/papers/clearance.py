"""保密审查审批单: the sheet on which a publication is reviewed for secrets and signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from budget.actions import Action
from budget.document import Disclosure
from budget.edition import EDITIONS
from budget.judging import draft_version
from budget.models import DepartmentBudget, StepTaken
from budget.numerals import day
from budget.papers.asked import NotPrintable, Unprintable
from budget.papers.signatures import signature
from budget.render.forms import Form
from budget.terms import Scope, State
from budget.workflow.packaging import Packaged, package

WHEN: Final = (State.APPROVED, State.READY)
MOST_TOLD: Final = 3
MOST_DIGESTS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """What the sheet shows, all as printed."""

    year: int
    matter: str
    name: str
    code: str
    body: str
    invented: bool
    version: int
    number: str
    approved_on: str
    due: str
    signed: str
    content: str
    digests: list[str]
    opinion: str
    reviewer: str
    reviewed_on: str
    printed: str


def clearance(budget: DepartmentBudget, printed: str) -> Form:
    """Return the sheet for the documents that a version is published as.

    Raises NotPrintable while there is nothing to publish, Unprintable where words are missing.
    """
    if budget.state not in WHEN:
        raise NotPrintable("保密审查审批单", budget.state, WHEN)
    _require_whole(budget)
    documents = package(budget).documents
    whole = documents[0].document
    reviewed = _reviewed(budget)
    name = budget.department.name
    shown = Clearance(
        year=budget.year_id,
        matter=f"{name}{budget.year_id}年部门预算公开",
        name=name,
        code=budget.department_id,
        body=EDITIONS[budget.year.edition].wording[Scope.DEPARTMENT].body,
        invented=budget.department.invented,
        version=budget.version,
        number=budget.approval_number,
        approved_on=day(budget.approved_on),
        due=_due(budget),
        signed=signature(budget),
        content=_content(whole, len(documents)),
        digests=list(_digests(documents)),
        opinion=str(reviewed.get("conclusion", "")),
        reviewer=str(reviewed.get("reviewer", "")),
        reviewed_on=_reviewed_on(reviewed),
        printed=f"打印：{printed}",
    )
    title = f"{name}{budget.year_id}年部门预算公开保密审查审批单"
    return Form(template="clearance", title=title, author=name, shown={"form": shown})


def _require_whole(budget: DepartmentBudget) -> None:
    lacks = draft_version(budget).document.lacks
    if lacks:
        told = "；".join(each.told for each in lacks[:MOST_TOLD])
        more = f"等{len(lacks)}处" if len(lacks) > MOST_TOLD else ""
        raise Unprintable(f"公开文件还没有编完，不能打印审批单：{told}{more}。")


def _reviewed(budget: DepartmentBudget) -> dict[str, str]:
    """Return what was said when the package was made, nothing while it is being made."""
    if budget.state is not State.READY:
        return {}
    made = StepTaken.objects.filter(budget=budget, action=Action.PREPARE_PUBLICATION)
    last = made.order_by("-id").first()
    return {} if last is None else dict(last.said)


def _reviewed_on(reviewed: dict[str, str]) -> str:
    written = reviewed.get("date")
    return day(date.fromisoformat(written)) if written else "年　　月　　日"


def _due(budget: DepartmentBudget) -> str:
    if budget.approved_on is None:
        return ""
    return f"{day(budget.year.disclosure_due(budget.approved_on))}前"


def _content(document: Disclosure, documents: int) -> str:
    tables = "、".join(table.name for table in document.tables)
    units = f"；另有所属单位的文件{documents - 1}份" if documents > 1 else ""
    return f"预算说明{len(document.sections)}节，预算表{len(document.tables)}张（{tables}）{units}"


def _digests(documents: tuple[Packaged, ...]) -> list[str]:
    """Return a line for each document; of many the first, and how many there are."""
    lines = [f"{each.document.name}：{each.digest}" for each in documents[:MOST_DIGESTS]]
    rest = len(documents) - len(lines)
    return lines + ([f"其余{rest}份文件的摘要见“签发公开”页面"] if rest else [])
