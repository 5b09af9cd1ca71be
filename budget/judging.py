"""A stored budget before the rules: loaded, composed, checked with what is in force.

The one bridge between what is stored and the pure rules; commands and pages only show its outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from budget.book import BudgetBook, UnknownUnit
from budget.document import Disclosure
from budget.drafting import draft
from budget.edition import EDITIONS, Edition
from budget.load import Whole, find_budget, is_unit_code, one_moment, read_whole
from budget.load.judging import read_all_answers, read_answers, read_settings
from budget.load.names import read_proposed
from budget.models import DepartmentBudget, Snapshot
from budget.release import freeze
from budget.remarks import Remarks
from budget.render.findings.places import anchors, place_names
from budget.rules.answers import Answer
from budget.rules.checking import Report, check
from budget.rules.printed import Subject, exactness
from budget.rules.settings import Settings, UnreadableSetting


@dataclass(frozen=True)
class Drafted:
    """A draft without a verdict: the document, what it was made from, and the whole version."""

    document: Disclosure
    book: BudgetBook
    remarks: Remarks
    whole: Whole


@dataclass(frozen=True)
class Judged:
    """A draft with what the rules say of it, the settings in force and what was answered."""

    drafted: Drafted
    report: Report
    settings: Settings
    answers: tuple[Answer, ...] = ()

    @property
    def document(self) -> Disclosure:
        """The draft's document."""
        return self.drafted.document


def draft_version(budget: DepartmentBudget, unit: str | None = None) -> Drafted:
    """Return the draft of one version of a budget, or by its code of one of its units.

    Raises UnknownUnit.
    """
    with one_moment():
        whole, proposed = read_whole(budget), read_proposed(budget)
    book, remarks = _seen(whole, unit)
    document = draft(book, remarks, EDITIONS[budget.year.edition], proposed)
    return Drafted(document, book, remarks, whole)


def judge(code: str, year: int, edition: str | None = None) -> Judged:
    """Return the verdict on a department's or a unit's draft, all of it as of one moment.

    Without an edition the year's is taken. A budget that is not entered in full is judged too: what
    it lacks is found. Raises UnknownDepartment, UnknownUnit, UnknownYear, UnknownDeclaration for an
    edition that there is not, UnreadableSetting for a stored setting of no rule.
    """
    unit = code if is_unit_code(code) else None
    with one_moment():
        budget = find_budget(code, year)
        stored = _read(budget, unit)
    return _judged(stored, EDITIONS[edition or budget.year.edition])


def judge_version(budget: DepartmentBudget, unit: str | None = None) -> Judged:
    """Return the verdict on one version of a budget, or by its code on one of its units.

    Raises UnknownUnit and UnreadableSetting.
    """
    with one_moment():
        stored = _read(budget, unit)
    return _judged(stored, EDITIONS[budget.year.edition])


def judge_each(
    budget: DepartmentBudget, units: Iterable[str | None]
) -> Iterator[tuple[str | None, Judged]]:
    """Yield the verdict on the document of each of some units of one version, by their codes.

    None stands for the department. What is stored is read once, however many there are. Raises
    UnknownUnit and UnreadableSetting.
    """
    with one_moment():
        whole, proposed = read_whole(budget), read_proposed(budget)
        own, answers = read_settings(budget.year_id), read_all_answers(budget)
    for unit in units:
        stored = _Stored(whole, unit, proposed, own, answers.get(unit, ()))
        yield unit, _judged(stored, EDITIONS[budget.year.edition])


class NotAPlace(ValueError):
    """A document has no such place. The message says so in Chinese."""


def require_place(address: str, budget: DepartmentBudget, unit: str | None = None) -> None:
    """Refuse an address that the document of a budget, or of its unit, does not have.

    A place is what has an address in the document, or what a rule finds something at. Raises
    NotAPlace, also where the document cannot be judged.
    """
    try:
        judged = judge_version(budget, unit)
    except (UnknownUnit, UnreadableSetting) as error:
        raise NotAPlace(f"文件还不能形成，不能说明某一处：{error}") from error
    found = {place for each in judged.report.found for place in each.finding.where}
    if address not in found | set(place_names(judged.document)) | set(anchors(judged.document)):
        raise NotAPlace(f"文件中没有“{address}”这个位置，请照核对结果中的位置填写")


def settings_in_force(budget: DepartmentBudget, edition: Edition) -> dict[str, str]:
    """Return the settings of a budget's year as they are frozen with a snapshot."""
    return read_settings(budget.year_id).in_force(edition).frozen()


def freeze_version(budget: DepartmentBudget) -> Snapshot:
    """Return the snapshot of a whole department's budget as it is now, its rule settings too.

    The caller holds the lock on the budget.
    """
    with one_moment():
        whole = read_whole(budget)
        rules = settings_in_force(budget, EDITIONS[budget.year.edition])
    return freeze(whole.book, whole.remarks, budget.year.edition, rules)


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is read of a budget to judge it, or by its code one of its units."""

    whole: Whole
    unit: str | None
    proposed: Mapping[str, str]
    own: Settings
    answers: tuple[Answer, ...]


def _read(budget: DepartmentBudget, unit: str | None) -> _Stored:
    return _Stored(
        read_whole(budget),
        unit,
        read_proposed(budget),
        read_settings(budget.year_id),
        read_answers(budget, unit),
    )


def _seen(whole: Whole, unit: str | None) -> tuple[BudgetBook, Remarks]:
    book, remarks = whole.book, whole.remarks
    return (book.seen_by(unit), remarks.seen_by(unit)) if unit else (book, remarks)


def _judged(stored: _Stored, edition: Edition) -> Judged:
    book, remarks = _seen(stored.whole, stored.unit)
    document = draft(book, remarks, edition, stored.proposed)
    settings = stored.own.in_force(edition)
    subject = Subject(
        document,
        edition,
        exactness(document, edition),
        book=book,
        remarks=remarks,
        thresholds=settings.thresholds,
    )
    report = check(subject, settings.severities)
    drafted = Drafted(document, book, remarks, stored.whole)
    return Judged(drafted, report, settings, stored.answers)
