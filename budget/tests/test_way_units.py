"""A random walk of a department with two units, held step by step to the pure model.

One unit's accountant does nothing to the other's part nor to the whole; the department sends both
or none; the units together get no more than the department has.
"""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from budget.models import DepartmentBudget
from budget.terms import State
from budget.tests.clean import MANDATE
from budget.tests.way_judged import walks
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
from budget.tests.way_units_walked import PEOPLE, Stage, Walk
from budget.tests.way_walked import (
    ROUNDS,
    acts_since,
    chain_is_whole,
    last_entry,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

AMOUNTS = (600_000_00, 400_000_00, 610_000_55, 390_000_00)
CEILINGS = (*AMOUNTS, 1_000_000_00, 1_000_000_55, None)

DONE = (
    *("edit", "edit_texts", "complete_unit", "reopen_unit", "accept_unit", "return_unit"),
    *("ceiling", "split", "explain_excess", "submit", "withdraw_submission", "sign"),
)
"""What a long walk is to have done, each some time."""

TOUR = (*DONE, "ceiling", "ready", "ready", "withdraw_submission", "sign")
"""What walks begin with some of; to be made ready is to be sent."""

persons = st.sampled_from(PEOPLE)
units = st.sampled_from(UNITS)
picks = st.integers(0, 9)


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

    @initialize(
        first=st.booleans(),
        draft=st.booleans(),
        limited=st.booleans(),
        tour=st.lists(st.tuples(st.sampled_from(TOUR), units, picks), min_size=2, max_size=8),
    )
    def begins(
        self, first: bool, draft: bool, limited: bool, tour: list[tuple[str, str, int]]
    ) -> None:
        """Begin, and do some of everything: Hypothesis leaves some rules out of each walk."""
        round_, state = FIRST if first else SECOND, State.DRAFT if draft else State.OPEN
        DepartmentBudget.objects.update(round=ROUNDS[round_], state=state)
        parts = {OFFICE: Part(600_000_00), SCHOOL: Part(400_000_00)}
        self.model = Budget(round_, state.value, parts, dict.fromkeys((None, *UNITS), MANDATE))
        for act in ("ceiling", "split", "explain_excess") if limited else ():
            self.goes_on(act, SCHOOL, 1)
        for act, unit, pick in tour:
            self.goes_on(act, unit, pick)

    def goes_on(self, act: str, unit: str, pick: int) -> None:
        """Let somebody do something, mostly one whose it is."""
        person, amount = PEOPLE[pick], AMOUNTS[pick % len(AMOUNTS)]
        if act in ("split", "explain_excess") and WHOLE not in self.model.ceilings:
            self.limits(person, "ceiling", WHOLE, CEILINGS[3 + pick % 3], "", pick % 6)
        if act == "ready":
            self.all_is_made_ready_and_sent(pick)
        elif act == "edit":
            self.types_an_amount(person, unit, amount, pick)
        elif act == "edit_texts":
            self.writes_a_text(person, (None, unit)[pick % 2], MANDATE[:10], pick)
        elif act in ("complete_unit", "reopen_unit"):
            self.says_how_far_it_is(person, unit, act, pick)
        elif act in ("accept_unit", "return_unit"):
            self.judges_a_part(person, unit, act, pick)
        elif act == "explain_excess":
            self.says_why_it_is_more(person, WHOLE, pick)
        elif act == "ceiling":
            self.limits(person, act, (WHOLE, WHOLE, unit)[pick % 3], CEILINGS[3 + pick % 3], "", 0)
        elif act == "split":
            self.limits(person, act, unit, amount, "压减", pick)
        else:
            self.all_is_made_ready_and_sent(pick) if act != "submit" else None
            self.takes_a_step(person, act, 0, pick)

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


def test_a_department_sends_both_of_its_units_or_none() -> None:
    counted = walks(Machine, Stage(), 3, 15)
    assert counted["steps"] >= 30, counted
    assert counted["submit"], counted


@pytest.mark.long
def test_two_thousand_steps_of_two_units_are_those_of_the_model() -> None:
    counted = walks(Machine, Stage(), 90, 30)
    print(dict(sorted(counted.items())))
    assert counted["steps"] >= 2_000
    assert [act for act in DONE if not counted[act]] == []
    assert all(counted[f"answered {number}"] for number in (403, 404, 409, 422))
