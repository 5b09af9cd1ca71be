"""送审表: the sheet with which a department sends its budget in, signed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from budget.actions import Action
from budget.load.judging import read_answers
from budget.models import Account, Batch, DepartmentBudget, StepTaken
from budget.papers.amounts import Amount, stated
from budget.papers.asked import Unprintable
from budget.papers.signatures import TOLD, told
from budget.papers.sources import SIGNING, Source, submitted
from budget.render.forms import Form
from budget.render.registry import UNMARKED, Marking
from budget.rules.answers import unanswered
from budget.rules.checking import check
from budget.rules.printed import Subject, exactness
from budget.rules.settings import thawed
from budget.terms import Severity, State

NOT_SENT: Final = Marking("草稿")
MOST_NAMED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What the sheet shows, all as printed."""

    year: int
    last_year: int
    name: str
    code: str
    body: str
    invented: bool
    round: str
    version: int
    state: str
    filled_by: str
    unit: str
    amounts: list[Amount]
    findings: str
    taken: str
    digest: str
    source: str
    printed: str


def submission(budget: DepartmentBudget, unit: str | None, printed: str) -> Form:
    """Return the sheet of a department, or by its code of one of its units.

    Raises Unprintable for a budget that was never signed, UnknownUnit.
    """
    source = submitted(budget)
    if source is None:
        raise Unprintable("这个预算没有经过审签报送，没有送审表可以打印。")
    book, _ = source.seen_by(unit)
    wording = source.edition.wording[book.scope]
    shown = Submission(
        year=book.year,
        last_year=book.year - 1,
        name=book.name,
        code=book.code,
        body=wording.body,
        invented=book.department.invented,
        round=budget.round.label,
        version=budget.version,
        state=budget.state.label,
        filled_by="、".join(_filled_by(budget)),
        unit=source.edition.text_unit.label,
        amounts=stated(book, source.edition),
        findings=_findings(source, unit),
        taken="；".join(_taken(budget)),
        digest=source.digest,
        source="审签时留存的数据快照" if source.kept else "当前数据",
        printed=f"打印：{printed}",
    )
    return Form(
        template="submission",
        title=f"{book.name}{book.year}年部门预算送审表",
        author=book.name,
        shown={"form": shown},
        marking=NOT_SENT if budget.state in (State.OPEN, State.DRAFT) else UNMARKED,
    )


def _filled_by(budget: DepartmentBudget) -> list[str]:
    """Return the names of those who entered most, who entered first before the others."""
    people = list(
        dict.fromkeys(
            Batch.objects.filter(budget=budget).order_by("at").values_list("by", flat=True)
        )
    )
    names = dict(Account.objects.filter(user__in=people).values_list("user_id", "name"))
    found = [names[each] for each in people if each in names]
    more = [f"等{len(found)}人"] if len(found) > MOST_NAMED else []
    return found[:MOST_NAMED] + more


def _findings(source: Source, unit: str | None) -> str:
    """Say what the rules find in what is sent, and how much of it is explained."""
    book, remarks = source.seen_by(unit)
    settings = thawed(source.inputs.settings)
    document = source.document(unit)
    subject = Subject(
        document,
        source.edition,
        exactness(document, source.edition),
        book=book,
        remarks=remarks,
        thresholds=settings.thresholds,
    )
    report = check(subject, settings.severities)
    warnings = len(report.of(Severity.WARNING))
    open_ = len(list(unanswered(report, read_answers(source.budget, unit))))
    return (
        f"错误{len(report.of(Severity.ERROR))}项；需说明{warnings}项，已说明{warnings - open_}项；"
        f"提示{len(report.of(Severity.NOTICE))}项；未核对{len(report.unchecked)}项"
    )


def _taken(budget: DepartmentBudget) -> Iterator[str]:
    """Return the steps that the sheet is about, as far as they stand: none that was taken back."""
    standing: list[StepTaken] = []
    steps = StepTaken.objects.filter(budget=budget).select_related("by", "budget")
    for step in steps.order_by("id"):
        if step.end is State.DRAFT:
            standing = []
        elif step.action is Action.RECALL:
            standing = [each for each in standing if each.action not in SIGNING]
        elif step.action in TOLD:
            standing.append(step)
    return map(told, standing)
