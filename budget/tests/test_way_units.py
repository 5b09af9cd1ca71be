"""A random walk of a department with two units, held step by step to the pure model.

One unit's accountant does nothing to the other's part nor to the whole; the department sends both
or none; the units together get no more than the department has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

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
from budget.terms import Round, State
from budget.tests import books
from budget.tests.clean import CODE, MANDATE, YEAR, ready_to_store
from budget.tests.people import a_grant, a_person
from budget.tests.stored import a_unit
from budget.tests.way_table import FIRST, SECOND
from budget.tests.way_units import (
    ENDS,
    LINES,
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
    acts_since,
    answered,
    chain_is_whole,
    fen,
    last_entry,
    limit,
    saved,
    yuan,
)
from budget.workflow.advancing import advance
from budget.workflow.ceilings import Wanted as WantedCeiling
from budget.workflow.ceilings import explain_excess, set_ceilings, split_ceilings
from performance.tests.goals_at_hand import with_good_goals

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

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
AMOUNTS = (600_000_00, 400_000_00, 610_000_55, 390_000_00)
CEILINGS = (*AMOUNTS, 1_000_000_00, 1_000_000_55, None)
WAGES = limit("personnel")

persons = st.sampled_from(PEOPLE)
units = st.sampled_from(UNITS)
picks = st.integers(0, 9)


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


class Machine(RuleBasedStateMachine):
    """One walk. ``stage`` is set before it runs, ``counted`` counts what was walked."""

    stage: Stage
    counted: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.savepoint()
        cache.clear()
        self.walk = Walk(self.stage)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.undo)

    @initialize(first=st.booleans(), draft=st.booleans())
    def begins(self, first: bool, draft: bool) -> None:
        round_, state = FIRST if first else SECOND, State.DRAFT if draft else State.OPEN
        DepartmentBudget.objects.update(round=ROUNDS[round_], state=state)
        parts = {OFFICE: Part(600_000_00), SCHOOL: Part(400_000_00)}
        self.model = Budget(round_, state.value, parts, dict.fromkeys((None, *UNITS), MANDATE))

    # ---- the judge

    def deed(self, act: str, got: int, expected: set[int], heard: int, *told: str) -> bool:
        """Hold what came of a deed to what the model said; return whether it was done."""
        self.counted.update(["steps", f"answered {got}"])
        assert got in expected, f"{act}: {got}, expected {sorted(expected)}"
        if got:
            assert acts_since(heard) == []
            return False
        self.counted[act] += 1
        assert sorted(acts_since(heard)) == sorted(f"budget.{each}" for each in told)
        return True

    def able(self, person: Person, act: str, unit: str | None, pick: int) -> Person:
        """Return the person, or mostly one whose turn it is where there is one."""
        some = [each for each in PEOPLE if not self.model.refusal(each, act, unit)]
        return some[pick % len(some)] if some and pick < 6 else person

    # ---- what an accountant does in his unit

    def entered(self, person: Person, act: str, unit: str | None, got: int, heard: int) -> bool:
        expected = {self.model.refusal(person, act, unit)}
        if not self.deed(act, got, expected, heard, "enter_typed"):
            return False
        model = self.model
        model.revision, model.typists = model.revision + 1, model.typists | {person.name}
        model.state = "draft" if model.state == "open" else model.state
        if unit:
            model.parts[unit].taken_in = False
        return True

    @rule(person=persons, unit=units, amount=st.sampled_from(AMOUNTS), pick=picks)
    def types_an_amount(self, person: Person, unit: str, amount: int, pick: int) -> None:
        person = self.able(person, "edit", unit, pick)
        if self.model.parts[unit].wages == amount:
            return
        heard = last_entry()
        if self.entered(person, "edit", unit, self.walk.types(person, unit, amount), heard):
            self.model.parts[unit].wages = amount

    @rule(person=persons, unit=units, pick=picks)
    def begins_or_drops_a_row(self, person: Person, unit: str, pick: int) -> None:
        part, person = self.model.parts[unit], self.able(person, "edit", unit, pick)
        heard, deed = last_entry(), self.walk.drops_row if part.begun else self.walk.begins_row
        if self.entered(person, "edit", unit, deed(person, unit), heard):
            part.begun = 1 - part.begun
            part.complete = part.complete and not part.begun

    @rule(
        person=persons,
        unit=st.sampled_from((None, *UNITS)),
        words=st.sampled_from((MANDATE, MANDATE[:10], "")),
        pick=picks,
    )
    def writes_a_text(self, person: Person, unit: str | None, words: str, pick: int) -> None:
        person = self.able(person, "edit_texts", unit, pick)
        if self.model.words[unit] == words:
            return
        heard, got = last_entry(), self.walk.says(person, unit, words)
        if self.entered(person, "edit_texts", unit, got, heard):
            self.model.words[unit] = words

    @rule(
        person=persons,
        unit=units,
        act=st.sampled_from(("complete_unit", "complete_unit", "reopen_unit")),
        pick=picks,
    )
    def says_how_far_it_is(self, person: Person, unit: str, act: str, pick: int) -> None:
        part, whole = self.model.parts[unit], act == "complete_unit"
        person = self.able(person, "complete", unit, pick)
        expected = self.model.refusal(person, "complete", unit)
        if not expected and whole and part.begun:
            expected = 422
        heard = last_entry()
        told = [act] if part.complete != whole else []
        if self.deed(act, self.walk.calls_it(person, unit, act), {expected}, heard, *told):
            self.model.revision += len(told)
            part.complete = whole

    # ---- what the department does

    @rule(
        person=persons, unit=units, act=st.sampled_from(("accept_unit", "return_unit")), pick=picks
    )
    def judges_a_part(self, person: Person, unit: str, act: str, pick: int) -> None:
        part, person = self.model.parts[unit], self.able(person, "hand_back", unit, pick)
        expected, told = self.model.refusal(person, "hand_back", unit), [act]
        if act == "return_unit":
            told += ["reopen_unit"] * part.complete
        elif not part.complete:
            expected = expected or 422
        elif part.taken_in:
            told = []
        heard = last_entry()
        if self.deed(act, self.walk.calls_it(person, unit, act), {expected}, heard, *told):
            self.model.revision += "reopen_unit" in told
            part.taken_in = act == "accept_unit"
            part.complete = part.taken_in

    @rule(
        person=persons,
        act=st.sampled_from(("ceiling", "split")),
        place=st.sampled_from((WHOLE, *UNITS)),
        now=st.sampled_from(CEILINGS),
        why=st.sampled_from(("", "压减", "压减")),
        pick=picks,
    )
    def limits(
        self, person: Person, act: str, place: str, now: int | None, why: str, pick: int
    ) -> None:
        person, was = self.able(person, act, None, pick), self.model.ceilings.get(place)
        if was == now:
            return
        expected = self.model.refusal(person, act, None)
        expected = expected or self.model.against_limit(act, place, now, why)
        heard, got = last_entry(), self.walk.limits(person, act, place, was, now, why)
        told = "set_ceiling" if act == "ceiling" else "split_ceiling"
        if self.deed(act, got, {expected}, heard, told):
            self.model.revision += 1
            self.model.ceilings.pop(place, None)
            if now is not None:
                self.model.ceilings[place] = now

    @rule(person=persons, place=st.sampled_from((WHOLE, *UNITS)), pick=picks)
    def says_why_it_is_more(self, person: Person, place: str, pick: int) -> None:
        person = self.able(person, "submit", None, pick)
        expected = self.model.refusal(person, "submit", None)
        if not expected and (place not in self.model.ceilings or self.model.round != FIRST):
            expected = 422
        heard, got = last_entry(), self.walk.excuses(person, place)
        if self.deed("explain_excess", got, {expected}, heard, "explain_excess"):
            self.model.excuses.add(place)
            self.model.typists.add(person.name)

    @rule(
        person=persons,
        act=st.sampled_from(("submit", "submit", "withdraw_submission", "sign")),
        stale=st.sampled_from((0, 0, 0, 1)),
        pick=picks,
    )
    def takes_a_step(self, person: Person, act: str, stale: int, pick: int) -> None:
        person = self.able(person, act, None, pick)
        expected = self.model.against_step(person, act)
        if stale and not expected & {404, 403, 409}:
            expected = expected - {0} | {409}
        heard = last_entry()
        got = self.walk.step(person, act, self.model.revision - stale)
        if self.deed(act, got, expected, heard, act):
            self.model.revision += 1
            self.model.state = ENDS[act]

    @rule(pick=picks)
    def all_is_made_ready_and_sent(self, pick: int) -> None:
        """Do what stands in the way, each by whose it is, and send both parts."""
        model, both = self.model, PEOPLE[2]
        if model.state == "open":
            self.types_an_amount(both, OFFICE, model.parts[OFFICE].wages - 1, pick=9)
        if model.state != "draft":
            return
        for whose in (each for each, words in model.words.items() if not words):
            self.writes_a_text(both, whose, MANDATE, pick=9)
        for unit, own in zip(UNITS, PEOPLE, strict=False):
            if model.parts[unit].begun:
                self.begins_or_drops_a_row(own, unit, pick=9)
            self.says_how_far_it_is(own, unit, "complete_unit", pick=9)
        for place in model.ceilings if model.round == FIRST else ():
            self.says_why_it_is_more(both, place, pick=9)
        self.takes_a_step(PEOPLE[2 + pick % 3], "submit", 0, pick=9)

    # ---- looking on

    @rule(person=persons, act=st.sampled_from(sorted(LINES)), unit=st.sampled_from((*UNITS, None)))
    def somebody_looks(self, person: Person, act: str, unit: str | None) -> None:
        self.counted["steps"] += 1
        assert self.walk.look(person, act, unit) == self.model.refusal(person, act, unit)

    @invariant()
    def the_stored_is_the_model(self) -> None:
        if hasattr(self, "model"):
            found = self.walk.found()
            found.excuses, found.typists = self.model.excuses, self.model.typists
            assert found == self.model
            assert chain_is_whole()


def walks(stage: Stage, examples: int, length: int) -> Counter[str]:
    """Walk so often, so far, and return what was counted."""
    counted: Counter[str] = Counter()
    machine = type("Walks", (Machine,), {"stage": stage, "counted": counted})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=length,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return counted


def test_a_department_sends_both_of_its_units_or_none() -> None:
    counted = walks(Stage(), 4, 20)
    assert counted["steps"] >= 50, counted
    assert counted["submit"], counted


@pytest.mark.long
def test_two_thousand_steps_of_two_units_are_those_of_the_model() -> None:
    counted = walks(Stage(), 60, 50)
    print(dict(sorted(counted.items())))
    assert counted["steps"] >= 2_000
    acts = (
        *("edit", "edit_texts", "complete_unit", "reopen_unit", "accept_unit", "return_unit"),
        *("ceiling", "split", "explain_excess", "submit", "withdraw_submission", "sign"),
    )
    assert [act for act in acts if not counted[act]] == []
    assert all(counted[f"answered {number}"] for number in (403, 404, 409, 422))
