"""The department of two units for real: people, and what they do to its stored budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User

from budget.actions import Action
from budget.imports.storing import store
from budget.models import (
    BudgetUnit,
    BudgetYear,
    DepartmentBudget,
    PendingRow,
    Remark,
    RuleSetting,
    SpendingLine,
    UnitBudget,
    YearRound,
    require,
)
from budget.models import Ceiling as StoredCeiling
from budget.money import YUAN
from budget.remarks import Remark as Words
from budget.roles import Role
from budget.sheets.changes import Change, Removal, Wanted
from budget.sheets.changing import Act, apply
from budget.sheets.completing import complete, reopen
from budget.sheets.part import Part as StoredPart
from budget.sheets.spec import SHEETS
from budget.sheets.verdicts import hand_back, take_in, verdicts
from budget.spellings import amount_text
from budget.terms import Round
from budget.tests import books
from budget.tests.clean import CODE, MANDATE, YEAR, ready_to_store
from budget.tests.people import a_grant, a_person
from budget.tests.stored import a_unit
from budget.tests.way_units import (
    OFFICE,
    SCHOOL,
    UNITS,
    WHOLE,
    Budget,
    Part,
    Person,
)
from budget.tests.way_walked import (
    ROUNDS,
    answered,
    fen,
    limit,
    saved,
    yuan,
)
from budget.workflow.advancing import advance
from budget.workflow.ceilings import Wanted as WantedCeiling
from budget.workflow.ceilings import explain_excess, set_ceilings, split_ceilings
from performance.tests.goals_at_hand import with_good_goals

CODES = {OFFICE: books.OFFICE.code, SCHOOL: books.SCHOOL.code}
PEOPLE = (
    Person("office", units=(OFFICE,)),
    Person("school", units=(SCHOOL,)),
    Person("both", units=UNITS),
    Person("school and finance", "D", (SCHOOL,)),
    Person("finance", "D"),
    Person("head", "H"),
    Person("office and head", "H", (OFFICE,)),
    Person("budget", "B"),
    Person("elsewhere"),
    Person("nobody"),
)
ELSEWHERE = "901001"
LETTERS = {"D": Role.DEPARTMENT_FINANCE, "H": Role.HEAD, "B": Role.BUDGET_REVIEWER}
ACTIONS = {
    "status": Action.VIEW_STATUS,
    "view": Action.VIEW,
    "edit": Action.EDIT,
    "edit_texts": Action.EDIT_TEXTS,
    "complete": Action.COMPLETE_UNIT,
    "hand_back": Action.RETURN_UNIT,
    "ceiling": Action.SET_CEILING,
    "split": Action.SPLIT_CEILING,
    "submit": Action.SUBMIT,
    "withdraw_submission": Action.WITHDRAW_SUBMISSION,
    "sign": Action.SIGN,
}
WAGES = limit("personnel")


class Stage:
    """The department with its two units, its year, and everybody."""

    def __init__(self) -> None:
        ready_to_store()
        book = books.a_book(
            books.basic("60", sequence=1),
            books.basic("40", sequence=1, unit=books.SCHOOL.code, function="2050202"),
            units=tuple(
                replace(each, offices=("办公室",)) for each in (books.OFFICE, books.SCHOOL)
            ),
            projects=(),
        )
        words = [Words(key="mandate", text=MANDATE, unit=each) for each in (None, *CODES.values())]
        stored = store(
            with_good_goals(book), words, edition="changsha-2023", codes_on=date(YEAR, 1, 1)
        )
        self.budget = stored.pk
        UnitBudget.objects.filter(budget=stored).update(complete=True)
        year = BudgetYear.objects.get(year=YEAR)
        for each in Round:
            YearRound.objects.create(year=year, round=each)
        # Amounts are typed here that the goals do not say: not what this is about.
        RuleSetting.objects.create(year=year, name="PRF017", value="off")
        self.units = {unit: BudgetUnit.objects.get(code=code) for unit, code in CODES.items()}
        a_unit(ELSEWHERE)
        self.users = {person.name: self._user(person) for person in PEOPLE}

    def _user(self, person: Person) -> User:
        user = a_person(person.name)
        for unit in person.units:
            a_grant(user, Role.COMPILER, CODES[unit])
        for letter in person.letters:
            a_grant(user, LETTERS[letter], "" if letter == "B" else CODE)
        if person.name == "elsewhere":
            a_grant(user, Role.COMPILER, ELSEWHERE)
        return user


class Walk:
    """What people do to the stored budget; each deed returns the number it was answered."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def budget(self) -> DepartmentBudget:
        found = DepartmentBudget.objects.select_related("year", "department")
        return found.get(pk=self.stage.budget)

    def part(self, unit: str | None) -> StoredPart:
        return StoredPart(self.budget, None if unit is None else self.stage.units[unit])

    def may(self, person: Person, act: str, unit: str | None) -> Callable[[DepartmentBudget], None]:
        user, part = self.stage.users[person.name], self.part(unit)

        def guard(budget: DepartmentBudget) -> None:
            require(user, ACTIONS[act], budget, part.unit)

        return guard

    def look(self, person: Person, act: str, unit: str | None) -> int:
        return answered(partial(self.may(person, act, unit), self.budget))

    def step(self, person: Person, act: str, seen: int) -> int:
        user = self.stage.users[person.name]
        return answered(partial(advance, self.budget, ACTIONS[act], user, revision=seen))

    def line(self, unit: str) -> SpendingLine:
        return SpendingLine.objects.get(budget=self.stage.budget, unit=self.stage.units[unit])

    def types(self, person: Person, unit: str, amount: int) -> int:
        line = self.line(unit)
        was, now = amount_text(line.amount, YUAN), amount_text(yuan(amount), YUAN)
        return self.enters(person, "basic", unit, Change(str(line.pk), "amount", was, now))

    def mandate(self, unit: str | None) -> str:
        said = Remark.objects.filter(budget=self.stage.budget, key="mandate")
        mine = said.filter(unit=None if unit is None else self.stage.units[unit]).first()
        return mine.text if mine else ""

    def says(self, person: Person, unit: str | None, words: str) -> int:
        change = Change("mandate", "text", self.mandate(unit), words)
        return self.enters(person, "texts", unit, change)

    def begins_row(self, person: Person, unit: str) -> int:
        change = Change(f"new:{uuid4().hex}", "function", "", "2010301")
        return self.enters(person, "basic", unit, change)

    def drops_row(self, person: Person, unit: str) -> int:
        rows = PendingRow.objects.filter(budget=self.stage.budget, unit=self.stage.units[unit])
        row = rows.earliest("pk")
        return self.enters(person, "basic", unit, Removal(f"p{row.pk}", row.cells))

    def enters(self, person: Person, sheet: str, unit: str | None, wanted: Wanted) -> int:
        may = self.may(person, "edit_texts" if sheet == "texts" else "edit", unit)
        act = Act(uuid4(), self.stage.users[person.name], may)
        return answered(partial(apply, self.part(unit), SHEETS[sheet], [wanted], act), told=saved)

    def calls_it(self, person: Person, unit: str, act: str) -> int:
        """Say of a unit's part that it is entered, or not; hand it back, take it in."""
        deed: Any = {
            "complete_unit": complete,
            "reopen_unit": reopen,
            "accept_unit": take_in,
            "return_unit": hand_back,
        }[act]
        said = ("缺少依据",) if act == "return_unit" else ()
        may = self.may(person, "complete" if deed in (complete, reopen) else "hand_back", unit)
        user = self.stage.users[person.name]
        return answered(partial(deed, self.part(unit), *said, by=user, guard=may))

    def limits(
        self, person: Person, act: str, place: str, was: int | None, now: int | None, why: str
    ) -> int:
        wanted = WantedCeiling(
            CODES.get(place),
            WAGES,
            None if was is None else yuan(was),
            None if now is None else yuan(now),
        )
        writer = set_ceilings if act == "ceiling" else split_ceilings
        user = self.stage.users[person.name]
        return answered(partial(writer, self.budget, [wanted], user, reason=why))

    def excuses(self, person: Person, place: str) -> int:
        user, whose = self.stage.users[person.name], (CODES.get(place), WAGES)
        return answered(partial(explain_excess, self.budget, whose, "新增在职人员", user))

    def found(self) -> Budget:
        """Return what is stored in the words of the model."""
        budget, said = self.budget, verdicts(self.budget)
        names = {code: unit for unit, code in CODES.items()}
        ceilings = StoredCeiling.objects.filter(budget=budget).select_related("unit")
        parts = {}
        for unit, stored in self.stage.units.items():
            verdict = said.get(stored.pk)
            parts[unit] = Part(
                fen(self.line(unit).amount),
                UnitBudget.objects.get(budget=budget, unit=stored).complete,
                PendingRow.objects.filter(budget=budget, unit=stored).count(),
                verdict is not None and verdict.holds,
            )
        return Budget(
            {each: number for number, each in ROUNDS.items()}[budget.round],
            budget.state.value,
            parts,
            {unit: self.mandate(unit) for unit in (None, *UNITS)},
            budget.revision,
            {names[each.unit.code] if each.unit else WHOLE: fen(each.amount) for each in ceilings},
        )
