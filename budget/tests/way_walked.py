"""The same way walked for real: people, and what they do to the stored budget.

Nothing of the code is replaced; files of releases are not made here, since a job makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from hashlib import sha256
from io import BytesIO
from time import monotonic
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from budget.actions import Action
from budget.answering import NoSuchFinding, answer
from budget.audit.verifying import verify
from budget.bureau.opening import open_budgets
from budget.ceilings import Limit
from budget.models import (
    AuditEntry,
    BudgetUnit,
    BudgetYear,
    DepartmentBudget,
    Forbidden,
    GrantedAmount,
    OutOfSight,
    PendingRow,
    Refused,
    Release,
    Remark,
    Snapshot,
    SpendingLine,
    StepTaken,
    UnitBudget,
    WrongState,
    YearRound,
    require,
)
from budget.models import Ceiling as StoredCeiling
from budget.money import YUAN
from budget.roles import Role
from budget.sheets.attaching import Upload
from budget.sheets.changes import Answer, Change, Removal, Wanted
from budget.sheets.changing import Act, apply
from budget.sheets.completing import NotComplete, complete, reopen
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS
from budget.sheets.verdicts import hand_back
from budget.spellings import amount_text
from budget.terms import CeilingKind, Ground, Opinion, Round, Source, State
from budget.tests.clean import CODE, UNIT_CODE, YEAR, a_clean_budget
from budget.tests.people import a_grant, a_person
from budget.tests.permission_table import LETTERS
from budget.tests.stored import a_unit
from budget.tests.way_model import Person, Place, Said, Version
from budget.tests.way_table import ON_PAPER
from budget.workflow import granting, saying
from budget.workflow.advancing import advance, answer_point
from budget.workflow.ceilings import Wanted as WantedCeiling
from budget.workflow.ceilings import explain_excess, set_ceilings, split_ceilings
from budget.workflow.holding import points_of_last_return
from budget.workflow.packaging import package
from budget.workflow.refusals import NotReady, OwnWork, Stale, Unfit, Unsaid
from budget.workflow.signing import signers

# The names say what they hold; two of some, since some acts want two persons; some hold several,
# as a small unit's people do.
PEOPLE = (
    Person("accountant", "A"),
    Person("finance", "D"),
    Person("head", "H"),
    Person("deputy", "H"),
    Person("all in one", "ADHU"),
    Person("publisher", "U"),
    Person("signing publisher", "HU"),
    Person("division", "Z"),
    Person("division and budget", "ZB"),
    Person("budget", "B"),
    Person("second", "B"),
    Person("third", "B"),
    Person("performance", "P"),
    # Days are counted from the one on which a walk begins.
    Person("head of last year", "H", -400, -1),
    Person("head from tomorrow", "H", 1),
    Person("head until tomorrow", "H", -400, 1),
    # What they hold does not reach this department.
    Person("head elsewhere", ""),
    Person("accountant elsewhere", ""),
    Person("auditor", ""),
    Person("system", ""),
    Person("nobody", ""),
)
ELSEWHERE, OTHER_UNIT = "901", "901001"
ECONOMIC = {"wages": "30101", "running": "30201"}
LOOKS = {
    "status": Action.VIEW_STATUS,
    "view": Action.VIEW,
    "performance": Action.VIEW_PERFORMANCE,
    "timeline": Action.READ_TIMELINE,
    "ceiling": Action.SET_CEILING,
}
ROUNDS = {1: Round.FIRST_SUBMISSION, 2: Round.SECOND_SUBMISSION}
ANSWERS: tuple[tuple[type[Exception], int], ...] = (
    (OutOfSight, 404),
    (Forbidden, 403),
    (OwnWork, 403),
    (WrongState, 409),
    (Stale, 409),
    (NotReady, 422),
    (Unsaid, 422),
    (Unfit, 422),
    (NotComplete, 422),
    (NoSuchFinding, 422),
    (Refused, 422),
)


def yuan(fen: int) -> Decimal:
    """Return whole 分 as 元."""
    return Decimal(fen) / 100


def printed(fen: int) -> str:
    """Return whole 分 as a document prints it: 万元 with two places, rounded half up."""
    return str((Decimal(fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP))


def term(kind: Any, value: str) -> Any:
    """Return the word of a vocabulary that is stored as this."""
    return next(each for each in kind if each.value == value)


class Clock:
    """The time of a walk: from noon of today on, and as many days later as have passed in it."""

    def __init__(self) -> None:
        self.noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
        self.begun = monotonic()
        self.days = 0

    def now(self) -> datetime:
        """Stand in for Django's own."""
        passed = timedelta(days=self.days, seconds=monotonic() - self.begun)
        return (self.noon + passed).astimezone(UTC)

    def day(self, number: int) -> date:
        """Return the date of a day of the walk."""
        return self.noon.date() + timedelta(days=number)


class Stage:
    """The department, its year, and everybody; set up once, walked many times."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.first = a_clean_budget().pk
        self.unit = BudgetUnit.objects.get(code=UNIT_CODE)
        a_unit(OTHER_UNIT)
        year = BudgetYear.objects.get(year=YEAR)
        BudgetYear.objects.update(congress_on=None)
        for each in Round:
            YearRound.objects.create(year=year, round=each)
        self.users = {person.name: self._user(person) for person in PEOPLE}

    def _user(self, person: Person) -> User:
        user = a_person(person.name)
        for letter in person.letters:
            role = LETTERS[letter]
            grant = a_grant(user, role, UNIT_CODE if role is Role.COMPILER else self._bounds(role))
            grant.valid_from = self.clock.day(person.since)
            grant.valid_to = None if person.until is None else self.clock.day(person.until)
            grant.save()
        if person.name == "head elsewhere":
            a_grant(user, Role.HEAD, ELSEWHERE)
        elif person.name == "accountant elsewhere":
            a_grant(user, Role.COMPILER, OTHER_UNIT)
        elif person.name == "auditor":
            a_grant(user, Role.AUDITOR)
        elif person.name == "system":
            a_grant(user, Role.SYSTEM_ADMIN)
        return user

    def _bounds(self, role: Role) -> str:
        return CODE if role.reach.value == "department" else ""


class Walk:
    """One way through the stored budget. Each deed returns the number that it was answered."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    # ---- what is there

    def budget(self, version: Version) -> DepartmentBudget:
        return DepartmentBudget.everything.select_related("year", "department").get(
            department__code=CODE, year=YEAR, round=ROUNDS[version.round], version=version.number
        )

    def user(self, person: Person) -> User:
        return self.stage.users[person.name]

    def offered(self, act: str, version: Version) -> set[str]:
        """Return the names of those of whom one is chosen who signed on paper."""
        offered = signers(term(Action, act), self.budget(version))
        return {grant.user.get_username() for grant in offered}

    def signed(self, version: Version) -> tuple[str, str]:
        """Return what is kept of the last signature: whose it is, and of which day."""
        said = StepTaken.objects.filter(budget=self.budget(version)).latest("pk").said
        return User.objects.get(pk=said["signed_by"]).get_username(), said["date"]

    def opens_anew(self, round_: int) -> list[tuple[int, bool]]:
        """Open the round for the department; return number and emptiness of what is there now."""
        year = BudgetYear.objects.get(year=YEAR)
        open_budgets(year, ROUNDS[round_], [CODE], self.stage.users["budget"])
        found = DepartmentBudget.objects.filter(year=year, round=ROUNDS[round_])
        return [
            (each.version, not SpendingLine.objects.filter(budget=each).exists()) for each in found
        ]

    def line(self, version: Version, row: str) -> SpendingLine:
        return SpendingLine.objects.get(budget=self.budget(version), economic=ECONOMIC[row])

    # ---- deeds

    def look(self, person: Person, act: str, version: Version) -> int:
        """Ask whether somebody may do something, as every page does before it shows anything."""
        action = LOOKS[act] if act in LOOKS else term(Action, act)
        return answered(partial(require, self.user(person), action, self.budget(version)))

    def step(self, person: Person, act: str, version: Version, said: Said) -> int:
        budget = self.budget(version)
        return answered(
            partial(
                advance,
                budget,
                term(Action, act),
                self.user(person),
                revision=said.seen,
                said=self._said(act, said, budget) if said.full else None,
            )
        )

    def _said(self, act: str, said: Said, budget: DepartmentBudget) -> saying.Said:
        publishing = act in ("publish", "record_release") and budget.state is State.READY
        return saying.Said(
            reason="与依据不符",
            points=[f"第{number}个问题" for number in range(said.points)],
            opinion=term(Opinion, said.opinion),
            number="财预〔2023〕1号",
            date=self.stage.clock.day(said.day) if act in ON_PAPER else date(YEAR, 2, 1),
            reviewer="李某",
            conclusion="不涉密，可以公开",
            ground=term(Ground, said.ground),
            what="职能中的错字",
            why="录入时漏看",
            read=package(budget).digest if said.read and publishing else "0" * 64,
            signer=self.user(said.signer) if said.signer else None,
            sheet=Upload("签字页.pdf", BytesIO(b"%PDF-1.7\n")),
        )

    def types(self, person: Person, version: Version, row: str, fen: int) -> int:
        line = self.line(version, row)
        change = Change(
            str(line.pk), "amount", amount_text(line.amount, YUAN), amount_text(yuan(fen), YUAN)
        )
        return self._enter(person, version, "basic", self.stage.unit, change)

    def says(self, person: Person, version: Version, mandate: str) -> int:
        was = Remark.objects.filter(budget=self.budget(version), key="mandate").first()
        change = Change("mandate", "text", was.text if was else "", mandate)
        return self._enter(person, version, "texts", None, change)

    def begins_row(self, person: Person, version: Version) -> int:
        change = Change(f"new:{uuid4().hex}", "function", "", "2010301")
        return self._enter(person, version, "basic", self.stage.unit, change)

    def drops_row(self, person: Person, version: Version) -> int:
        row = PendingRow.objects.filter(budget=self.budget(version)).earliest("pk")
        return self._enter(
            person, version, "basic", self.stage.unit, Removal(f"p{row.pk}", row.cells)
        )

    def _enter(
        self, person: Person, version: Version, sheet: str, unit: BudgetUnit | None, wanted: Wanted
    ) -> int:
        spec, user = SHEETS[sheet], self.user(person)

        def may(budget: DepartmentBudget) -> None:
            require(user, spec.writes, budget, unit)

        def deed() -> Answer:
            return apply(Part(self.budget(version), unit), spec, [wanted], Act(uuid4(), user, may))

        return answered(deed, told=saved)

    def completes(self, person: Person, version: Version, whole: bool) -> int:
        user, unit = self.user(person), self.stage.unit
        act = complete if whole else reopen

        def may(budget: DepartmentBudget) -> None:
            require(user, Action.COMPLETE_UNIT, budget, unit)

        return answered(partial(act, Part(self.budget(version), unit), by=user, guard=may))

    def hands_back(self, person: Person, version: Version) -> int:
        user, unit = self.user(person), self.stage.unit

        def may(budget: DepartmentBudget) -> None:
            require(user, Action.RETURN_UNIT, budget, unit)

        part = Part(self.budget(version), unit)
        return answered(partial(hand_back, part, "缺少依据", by=user, guard=may))

    def explains(self, person: Person, version: Version) -> int:
        """Write why the amounts are not what the goals say."""
        user = self.user(person)

        def may(budget: DepartmentBudget) -> None:
            require(user, Action.EDIT_TEXTS, budget)

        return answered(
            partial(
                answer,
                self.budget(version),
                None,
                rule="PRF017",
                address=f"overall-goals/{UNIT_CODE}.cost-1/target",
                reason="绩效目标随批复调整",
                by=user,
                guard=may,
            )
        )

    def answers_point(self, person: Person, version: Version, number: int) -> int:
        point = points_of_last_return(self.budget(version))[number]
        return answered(partial(answer_point, point, self.user(person), "已补充"))

    def limits(
        self, person: Person, version: Version, place: Place, now: int | None, reason: str, act: str
    ) -> int:
        whose, kind = place
        was = version.ceilings.get(place)
        wanted = WantedCeiling(
            None if whose == "whole" else UNIT_CODE,
            limit(kind),
            None if was is None else yuan(was),
            None if now is None else yuan(now),
        )
        writer = set_ceilings if act == "ceiling" else split_ceilings
        return answered(
            partial(writer, self.budget(version), [wanted], self.user(person), reason=reason)
        )

    def excuses(self, person: Person, version: Version, place: Place) -> int:
        whose = None if place[0] == "whole" else UNIT_CODE
        return answered(
            partial(
                explain_excess,
                self.budget(version),
                (whose, limit(place[1])),
                "新增办公用房",
                self.user(person),
            )
        )

    def grants(self, person: Person, version: Version, row: str, fen: int | None) -> int:
        line, was = self.line(version, row), version.granted.get(row)
        wanted = granting.Wanted(
            (line.unit_id, f"line:{line.sequence}"),
            line.amount,
            None if was is None else yuan(was[1]),
            None if fen is None else yuan(fen),
            "超过定员",
        )
        return answered(partial(granting.grant, self.budget(version), [wanted], self.user(person)))

    # ---- what is found

    def found(self, version: Version) -> dict[str, Any]:
        """Return what is stored of a version in the words of the model."""
        budget = self.budget(version)
        lines = {
            line.economic: line
            for line in SpendingLine.objects.filter(budget=budget, economic__in=ECONOMIC.values())
        }
        by_row = {row: lines[economic] for row, economic in ECONOMIC.items()}
        names = {f"line:{line.sequence}": row for row, line in by_row.items()}
        mandate = Remark.objects.filter(budget=budget, key="mandate").first()
        stored = GrantedAmount.objects.filter(budget=budget)
        return {
            "state": budget.state.value,
            "revision": budget.revision,
            "performance": budget.performance.value,
            "rows": {row: fen(line.amount) for row, line in by_row.items()},
            "mandate": mandate.text if mandate else "",
            "complete": UnitBudget.objects.get(budget=budget).complete,
            "begun": PendingRow.objects.filter(budget=budget).count(),
            "points": [bool(each.answer) for each in points_of_last_return(budget)],
            "granted": {
                names[each.row]: (fen(each.requested), fen(each.amount)) for each in stored
            },
            "ceilings": {
                ("whole" if each.unit_id is None else "unit", each.kind.value): fen(each.amount)
                for each in StoredCeiling.objects.filter(budget=budget)
            },
            "kept": StepTaken.objects.filter(budget=budget, snapshot__isnull=False).count(),
        }


def limit(kind: str) -> Limit:
    return Limit(Source.GENERAL_PUBLIC, term(CeilingKind, kind))


def fen(amount: Decimal) -> int:
    """Return 元 as whole 分."""
    return int(amount * 100)


def saved(got: Answer) -> int:
    """Return how a batch was answered: every cell must be saved, or be the same already."""
    outcomes = {cell.outcome.value for cell in got.cells}
    return 0 if outcomes <= {"saved", "same"} else 422


def answered(deed: Callable[[], Any], told: Callable[[Any], int] | None = None) -> int:
    """Return with which number of the web a deed is answered, 0 where it is done."""
    try:
        with transaction.atomic():
            got = deed()
    except tuple(kind for kind, _ in ANSWERS) as refusal:
        return next(number for kind, number in ANSWERS if isinstance(refusal, kind))
    return told(got) if told is not None else 0


def acts_since(number: int) -> list[str]:
    """Return the acts that the audit trail tells behind an entry."""
    found = AuditEntry.objects.filter(number__gt=number).order_by("number")
    return list(found.values_list("act", flat=True))


def last_entry() -> int:
    last = AuditEntry.objects.order_by("-number").first()
    return last.number if last else 0


def frozen() -> dict[tuple[str, int], tuple[str, str]]:
    """Return of every snapshot and release the digest it is kept under, and that of its text."""
    rows: Iterable[Any] = (*Snapshot.objects.all(), *Release.objects.all())
    return {
        (type(each).__name__, each.pk): (each.digest, sha256(each.content.encode()).hexdigest())
        for each in rows
    }


def chain_is_whole() -> bool:
    return verify() is None
