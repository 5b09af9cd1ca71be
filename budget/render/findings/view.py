"""A report put into words: findings grouped by severity, what was not checked, and the counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.utils import timezone

from budget.document import Disclosure, Table
from budget.edition import EDITIONS
from budget.render.findings.places import anchor, anchors, place_name, place_names
from budget.rules.answers import Answer, answer_to
from budget.rules.checking import Found, Report
from budget.rules.finding import Side
from budget.rules.registry import Rule
from budget.rules.settings import SetBy
from budget.rules.telling import difference
from budget.terms import Severity

SHOWN: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
MOST_PLACES: Final = 12
NOWHERE: Final[Mapping[str, str]] = {}
NOBODY: Final[Mapping[str, SetBy]] = {}
UNKNOWN: Final = "设定人未记录"


@dataclass(frozen=True, slots=True)
class Place:
    """A place concerned: its address, what people call it, and its id on a page of the document.

    ``anchor`` is "" where the page has no such place.
    """

    address: str
    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Item:
    """One finding in words. ``more`` is the number of places that are not listed."""

    number: int
    code: str
    title: str
    severity: Severity
    left: str
    right: str
    difference: str
    remark: str
    advice: str
    fix: str
    explain: str
    basis: str
    also: tuple[str, ...]
    places: tuple[Place, ...]
    more: int
    answer: Answer | None

    @property
    def statement(self) -> str:
        """Both sides, the difference and what else matters in one sentence."""
        apart = f"相差 {self.difference}" if self.difference else ""
        parts = (self.left, self.right, apart, self.remark)
        return "；".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    severity: Severity
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that was not checked, and why."""

    code: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A rule that is off: who did it, and when, "" where no day is recorded."""

    code: str
    title: str
    by: str
    at: str

    @property
    def told(self) -> str:
        """Who and when in words."""
        return f"{self.by}，{self.at}" if self.at else self.by


@dataclass(frozen=True)
class View:
    """All that a report tells. ``groups`` holds all severities, those without findings too."""

    name: str
    year: int
    title: str
    edition: str
    file_stem: str
    groups: tuple[Group, ...]
    skipped: tuple[Skipped, ...]
    passed: tuple[str, ...]
    off: tuple[SwitchedOff, ...] = ()

    @property
    def edition_name(self) -> str:
        """The edition's title and the code under which it is asked for."""
        return f"{EDITIONS[self.edition].title}（{self.edition}）"

    @property
    def items(self) -> tuple[Item, ...]:
        """All findings in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def counted(self) -> str:
        """How many there are of each, in a sentence."""
        found = "，".join(f"{each.severity.label} {len(each.items)}" for each in self.groups)
        off = f"，停用 {len(self.off)} 条" if self.off else ""
        return f"{found}；通过 {len(self.passed)} 条规则，未核对 {len(self.not_checked)} 条{off}"

    @property
    def not_checked(self) -> tuple[str, ...]:
        """The codes of the rules that were not checked, each once."""
        return tuple(dict.fromkeys(each.code for each in self.skipped))


def view(
    report: Report,
    document: Disclosure,
    answers: Sequence[Answer] = (),
    spots: Mapping[str, str] = NOWHERE,
    copies: Sequence[Table] = (),
    set_by: Mapping[str, SetBy] = NOBODY,
) -> View:
    """Return a report on a document in words.

    ``spots`` says by address where a place is in the workbook that the document was read from,
    ``copies`` which of its tables stand there again. ``set_by`` says who set a rule, by its code.
    """
    names = place_names(document, copies, _tables_concerned(report))
    tell = partial(_told, names=names, document=document, spots=spots)
    ids = anchors(document)
    groups: list[Group] = []
    number = 0
    for severity in SHOWN:
        items = []
        for found in report.of(severity):
            number += 1
            items.append(_item(number, found, tell, ids, answers))
        groups.append(Group(severity, tuple(items)))
    return View(
        name=document.name,
        year=document.year,
        title=document.title,
        edition=document.edition,
        file_stem=f"{document.file_stem.lstrip('-')}-findings",  # a workbook may tell no code
        groups=tuple(groups),
        skipped=tuple(
            Skipped(each.rule.code, each.rule.title, each.reason) for each in report.unchecked
        ),
        passed=tuple(rule.code for rule in report.passed),
        off=tuple(_off(rule, set_by.get(rule.code)) for rule in report.off),
    )


def _tables_concerned(report: Report) -> set[str]:
    """Return the codes of tables of which findings name a place."""
    findings = [each.finding for each in report.found]
    places = [place for finding in findings for place in finding.where]
    places += [finding.fix.address for finding in findings if finding.fix]
    return {place.split("/")[0] for place in places}


def _off(rule: Rule, said: SetBy | None) -> SwitchedOff:
    at = timezone.localtime(said.at).strftime("%Y-%m-%d %H:%M") if said and said.at else ""
    return SwitchedOff(rule.code, rule.title, (said.by if said else "") or UNKNOWN, at)


def _item(
    number: int,
    found: Found,
    tell: Callable[[str], str],
    ids: Mapping[str, str],
    answers: Sequence[Answer],
) -> Item:
    finding = found.finding
    places = tuple(Place(address, tell(address), anchor(address, ids)) for address in finding.where)
    fix = finding.fix
    return Item(
        number=number,
        code=found.rule.code,
        title=found.rule.title,
        severity=found.severity,
        left=_said(finding.left),
        right=_said(finding.right) if finding.right else "",
        difference=difference(finding),
        remark=finding.remark,
        advice=finding.advice,
        fix=f"{tell(fix.address)}改为 {fix.text}" if fix else "",
        explain=found.rule.explain,
        basis=found.rule.basis,
        also=found.also,
        places=places[:MOST_PLACES],
        more=max(len(places) - MOST_PLACES, 0),
        answer=answer_to(found, answers),
    )


def _told(
    address: str, names: Mapping[str, str], document: Disclosure, spots: Mapping[str, str]
) -> str:
    """Return what a place is called; where it is in a workbook, or its table there, comes first."""
    spot = spots.get(address) or spots.get(address.split("/")[0], "")
    name = place_name(address, names, document)
    return f"{spot}，{name}" if spot else name


def _said(side: Side) -> str:
    return f"{side.label}：{side.text}{side.unit}" if side.text else side.label
