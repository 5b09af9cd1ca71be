"""A random walk of everybody along the way of a budget, held step by step to the pure model.

After each step: state, revision, amounts and words are those of the model, whoever was turned away
was answered as the model says and left nothing behind, what was frozen is what it was, the audit
trail holds and has one entry for each act (and one for each copy, file or reopened part with it).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from budget.document import Figure, Paragraph
from budget.flow.standing import possible
from budget.models import BudgetYear, DepartmentBudget
from budget.models import Release as StoredRelease
from budget.release import read, thaw
from budget.tests.clean import CODE, CONGRESS, MANDATE, YEAR
from budget.tests.way_model import Person, Said, Version, Way
from budget.tests.way_table import FIRST, KINDS, LOOKS, ON_PAPER, ONWARD, SECOND, STEPS, VOID
from budget.tests.way_walked import (
    ECONOMIC,
    PEOPLE,
    ROUNDS,
    Clock,
    Stage,
    Walk,
    acts_since,
    chain_is_whole,
    fen,
    frozen,
    last_entry,
    printed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

AMOUNTS = (1_000_000_00, 200_000_00, 1_050_000_55, 150_000_00, 987_654_32, 80_000_01)
CEILINGS = (*AMOUNTS, 1_100_000_00, None)
MANDATES = (MANDATE, "负责全市另一项工作\n承办交办的其他事项", "")
GROUNDS = ("mistake", "other", "secret", "personal")
WITH_IT = {
    "set_ceiling": ["budget.copy_version"],
    "correct_texts": ["budget.copy_version"],
    "correct_amounts": ["budget.copy_version"],
    "record_signature": ["budget.attach"],
    "record_release": ["budget.attach"],
}
"""What the audit trail tells besides the act itself, where it was not done before."""

SO_FAR = 8
"""Steps that a walk takes with its aims in view, before it is left to chance."""

ENTERED = (
    *("enter_typed", "complete_unit", "reopen_unit", "return_unit", "answer_warning"),
    *("answer_point", "split_ceiling", "explain_excess", "grant_amount"),
)
"""What is done on the way without being a step of it."""

MAY_LOOK = (*LOOKS, *(act for act in STEPS if act != "set_ceiling"))
"""What a page asks leave for; the step that ends 一上 is one of several ways to set ceilings."""

PERSONS = {person.name: person for person in PEOPLE}
SIGNERS = tuple(person for person in PEOPLE if "H" in person.letters or person.name == "finance")
HOLDING = tuple(person for person in PEOPLE if person.letters)
persons = st.sampled_from((*HOLDING, *HOLDING, *PEOPLE))
picks = st.integers(0, 9)
rows = st.sampled_from(sorted(ECONOMIC))
signers = st.sampled_from((PERSONS["head"], PERSONS["deputy"], *SIGNERS))
agos = st.sampled_from((0, 0, 0, 1, 2, -1))
places = st.tuples(st.sampled_from(("whole", "unit")), st.sampled_from(sorted(KINDS)))


class Machine(RuleBasedStateMachine):
    """One walk. ``stage`` is set before it runs, ``counted`` counts what was walked."""

    stage: Stage
    counted: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk(self.stage)
        self.visitor = Client()
        self.comes()

    def comes(self) -> None:
        """Come to a stage on which nothing has been done."""
        self.undo = transaction.savepoint()
        cache.clear()  # the keys of another walk's releases are those of this one
        self.frozen: dict[tuple[str, int], tuple[str, str]] = {}
        self.sheets: set[tuple[int, int]] = set()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.undo)
        self.stage.clock.days = 0

    @initialize(
        first=st.booleans(),
        congress=st.sampled_from((True, True, False)),
        onward=st.sampled_from((14, 9, 4, 17, 1, 0)),  # 14 come as far as a correction
        pick=picks,
        aims=st.lists(st.sampled_from(STEPS), min_size=6, max_size=12, unique=True),
    )
    def begins(self, first: bool, congress: bool, onward: int, pick: int, aims: list[str]) -> None:
        """Begin with a first or a second submission, go on some steps as it should be, then aim.

        Hypothesis leaves some rules out of each walk; what every walk does is done here.
        """
        self.sets_out(FIRST if first else SECOND)
        self.comes_congress() if congress else None
        for _ in range(onward):
            self.goes_one_step_on(pick)
        for _ in range(SO_FAR):
            done = next((aim for aim in aims if self.comes_to(aim, pick)), None)
            self.goes_one_step_on(pick) if done is None else aims.remove(done)

    def comes_to(self, aim: str, pick: int) -> bool:
        """Let somebody take a step as it should be, if anybody can; return whether he did."""
        version = self.way.latest
        for person in (*PEOPLE[pick:], *PEOPLE[:pick]) if self.way.who(aim, version) else ():
            said = self.signed(person, aim, version)
            if self.way.refusals(person, aim, version, said) == {0}:
                self.steps(person, aim, version, said)
                return True
        return False

    def sets_out(self, round_: int) -> None:
        DepartmentBudget.objects.filter(pk=self.stage.first).update(round=ROUNDS[round_])
        begun = {"wages": 1_000_000_00, "running": 200_000_00}
        self.way = Way([Version(round_, 1, "draft", begun, MANDATE)])

    # ---- the judge

    def deed(self, act: str, got: int, expected: set[int], heard: int, *more: str) -> bool:
        """Hold what came of a deed to what the model said; return whether it was done."""
        self.counted["steps"] += 1
        self.counted[f"answered {got}"] += 1
        assert got in expected, f"{act}: {got}, expected {sorted(expected)}"
        told = acts_since(heard)
        if got:
            assert told == []
            return False
        self.counted[act] += 1
        assert sorted(told) == sorted([f"budget.{act}", *more]), act
        return True

    def version(self, pick: int) -> Version:
        """Return the latest version, now and then an older one, or one that is void."""
        versions = self.way.versions
        return self.way.latest if pick < 7 else versions[pick % len(versions)]

    # ---- steps

    def steps(self, person: Person, act: str, version: Version, said: Said) -> None:
        expected = self.way.refusals(person, act, version, said)
        heard = last_entry()
        got = self.walk.step(person, act, version, said)
        more = [] if got else self.told_with(act, version)
        if self.deed(act, got, expected, heard, *more):
            self.way.take(person, act, version, said)
            version.revision += "budget.attach" in more  # a file counts as a change of its own
            if act in ("publish", "record_release"):
                self.is_what_was_approved(version)
            if act in ON_PAPER and said.signer:
                signed = said.signer.name, self.stage.clock.day(said.day).isoformat()
                assert self.walk.signed(version) == signed
            if version.state == VOID:
                self.is_gone(version)

    def is_gone(self, version: Version) -> None:
        """What is void is there for nobody; a draft that was deleted is opened anew, and empty.

        The walk begins again then.
        """
        assert {self.walk.look(person, "status", version) for person in PEOPLE} == {404}
        if self.way.standing:
            return
        number = self.way.next_number(version.round)
        assert self.walk.opens_anew(version.round) == [(number, True)]
        self.teardown()
        self.comes()
        self.sets_out(version.round)

    def told_with(self, act: str, version: Version) -> list[str]:
        if act in ("record_signature", "record_release"):
            place = version.round, version.number
            if place in self.sheets:
                return []
            self.sheets.add(place)
        return WITH_IT.get(act, [])

    @rule(pick=picks, times=st.integers(1, 3))
    def goes_on(self, pick: int, times: int) -> None:
        """Take steps that lead on, by somebody who may, as it should be done."""
        for _ in range(times):
            self.goes_one_step_on(pick)

    def goes_one_step_on(self, pick: int) -> None:
        version = self.way.latest
        said = Said(version.revision, ground=GROUNDS[pick % len(GROUNDS)])
        if version.state in ("open", "draft") and self.mends(version):
            return
        for act in self.onward(version, pick):
            able = [
                person
                for person in PEOPLE
                if self.way.refusals(person, act, version, said) == {0}
                and (act, version.performance) != ("judge_performance", "ok")
            ]
            if able:
                self.steps(able[pick % len(able)], act, version, said)
                return

    def onward(self, version: Version, pick: int) -> tuple[str, ...]:
        """Return what leads on: what was published is corrected, or withdrawn and corrected."""
        if version.state not in ("published", "withdrawn"):
            return ONWARD
        correct = ("correct_texts", "correct_amounts")[pick % 2]
        return (correct,) if pick < 5 else ("withdraw", "confirm_withdrawal", correct)

    def mends(self, version: Version) -> bool:
        """Do the first thing that stands in the way of sending it off; False where nothing does."""
        accountant = PEOPLE[0]
        over = [
            kind
            for (_, kind), amount in sorted(version.ceilings.items())
            if version.rows[KINDS[kind]] > amount and version.kind != "texts"
        ]
        if over or version.state == "open":
            row = KINDS[over[0]] if over else "wages"
            least = [amount for (_, kind), amount in version.ceilings.items() if KINDS[kind] == row]
            now = min(least, default=987_654_32)
            self.enters_amount(accountant, row, now - (version.rows[row] == now))
        elif version.round == FIRST and not version.ceilings:
            self.sets_limit(PERSONS["budget"], "ceiling", ("whole", "personnel"), AMOUNTS[2], "")
        elif version.begun:
            self.drops(accountant)
        elif not version.mandate:
            self.writes(accountant, MANDATE)
        elif self.way.unsound(version):
            self.explained(accountant)
        elif not version.complete:
            self.completed(accountant, whole=True)
        elif not all(version.points):
            self.answers(accountant, version.points.index(False))
        else:
            return False
        return True

    @rule(
        person=persons,
        act=st.sampled_from(STEPS),
        pick=picks,
        stale=st.sampled_from((0, 0, 0, 1)),
        full=st.sampled_from((True, True, True, False)),
        opinion=st.sampled_from(("ok", "returned")),
        ground=st.sampled_from(GROUNDS),
        points=st.integers(1, 3),
        signer=signers,
        ago=agos,
    )
    def anybody_tries_anything(
        self, person: Person, act: str, pick: int, stale: int, full: bool, ago: int, **words: Any
    ) -> None:
        version, day = self.version(pick), self.way.day - ago
        said = Said(version.revision - stale, full, read=pick % 4 > 0, day=day, **words)
        self.steps(person, act, version, said)

    @rule(act=st.sampled_from(STEPS), pick=picks, signer=signers, ago=agos)
    def the_right_one_tries(self, act: str, pick: int, signer: Person, ago: int) -> None:
        """Let somebody whose roles let him take some step; what must hold may not hold."""
        version = self.version(pick)
        acts = [each for each in STEPS if self.way.who(each, version)]
        if not acts:
            return
        act = act if act in acts else acts[pick % len(acts)]
        said = Said(
            version.revision,
            ground=GROUNDS[pick % len(GROUNDS)],
            points=1 + pick % 2,
            signer=signer,
            day=self.way.day - ago,
        )
        able = [each for each in PEOPLE if not self.way.refusal(each, act, version)]
        if able:
            self.steps(able[pick % len(able)], act, version, said)

    # ---- entering

    def typist(self, person: Person, act: str, pick: int) -> Person:
        """Return the person, or mostly one whose turn it is where there is one."""
        version = self.way.latest
        able = [each for each in PEOPLE if not self.way.refusal(each, act, version)]
        return able[pick % len(able)] if able and pick < 7 else person

    def entered(
        self, person: Person, act: str, version: Version, got: int, heard: int, moved: bool
    ) -> bool:
        expected = {self.way.refusal(person, act, version)}
        if moved or got:
            if not self.deed("enter_typed", got, expected, heard):
                return False
            version.typists.add(person.name)
            version.revision += 1
            version.state = "draft" if version.state == "open" else version.state
            return True
        assert expected == {0}
        assert acts_since(heard) == []
        return False

    @rule(person=persons, row=rows, amount=st.sampled_from(AMOUNTS), pick=picks)
    def types_an_amount(self, person: Person, row: str, amount: int, pick: int) -> None:
        self.enters_amount(self.typist(person, "edit", pick), row, amount)

    def enters_amount(self, person: Person, row: str, amount: int) -> None:
        version = self.way.latest
        heard, moved = last_entry(), version.rows[row] != amount
        got = self.walk.types(person, version, row, amount)
        if self.entered(person, "edit", version, got, heard, moved):
            version.rows[row] = amount

    @rule(person=persons, mandate=st.sampled_from((*MANDATES[:2], *MANDATES)), pick=picks)
    def writes_a_text(self, person: Person, mandate: str, pick: int) -> None:
        self.writes(self.typist(person, "edit_texts", pick), mandate)

    def writes(self, person: Person, mandate: str) -> None:
        version = self.way.latest
        heard, moved = last_entry(), version.mandate != mandate
        got = self.walk.says(person, version, mandate)
        if self.entered(person, "edit_texts", version, got, heard, moved):
            version.mandate = mandate

    @rule(person=persons, pick=picks)
    def begins_a_row(self, person: Person, pick: int) -> None:
        version, person = self.way.latest, self.typist(person, "edit", pick)
        if version.begun:
            return
        heard = last_entry()
        got = self.walk.begins_row(person, version)
        if self.entered(person, "edit", version, got, heard, moved=True):
            version.begun, version.complete = 1, False

    @precondition(lambda self: self.way.latest.begun)
    @rule(person=persons, pick=picks)
    def drops_the_row(self, person: Person, pick: int) -> None:
        self.drops(self.typist(person, "edit", pick))

    def drops(self, person: Person) -> None:
        version, heard = self.way.latest, last_entry()
        got = self.walk.drops_row(person, version)
        if self.entered(person, "edit", version, got, heard, moved=True):
            version.begun = 0

    @rule(person=persons, whole=st.sampled_from((True, True, True, False)), pick=picks)
    def says_that_it_is_entered(self, person: Person, whole: bool, pick: int) -> None:
        self.completed(self.typist(person, "complete", pick), whole)

    def completed(self, person: Person, whole: bool) -> None:
        version = self.way.latest
        expected = self.way.refusal(person, "complete", version)
        if whole and version.begun and not expected:
            expected = 422
        heard = last_entry()
        got = self.walk.completes(person, version, whole)
        assert got == expected
        moved = not got and version.complete != whole
        act = "complete_unit" if whole else "reopen_unit"
        self.counted.update(["steps", act] if moved else ["steps"])
        assert acts_since(heard) == ([f"budget.{act}"] if moved else [])
        if moved:
            version.complete, version.revision = whole, version.revision + 1

    @rule(person=persons, pick=picks)
    def hands_the_unit_back(self, person: Person, pick: int) -> None:
        version, person = self.way.latest, self.typist(person, "hand_back", pick)
        heard = last_entry()
        got = self.walk.hands_back(person, version)
        more = ["budget.reopen_unit"] if version.complete and not got else []
        if self.deed(
            "return_unit", got, {self.way.refusal(person, "hand_back", version)}, heard, *more
        ):
            version.revision += version.complete
            version.complete = False

    @rule(person=persons, pick=picks)
    def explains_a_warning(self, person: Person, pick: int) -> None:
        self.explained(self.typist(person, "edit_texts", pick))

    def explained(self, person: Person) -> None:
        version = self.way.latest
        expected = self.way.refusal(person, "edit_texts", version)
        if not expected and not version.doubtful:
            expected = 422
        heard = last_entry()
        got = self.walk.explains(person, version)
        if self.deed("answer_warning", got, {expected}, heard):
            version.explained = True
            version.typists.add(person.name)

    @precondition(lambda self: self.way.latest.points)
    @rule(person=persons, pick=picks)
    def answers_a_point(self, person: Person, pick: int) -> None:
        person = self.typist(person, "submit", pick)
        self.answers(person, pick % len(self.way.latest.points))

    def answers(self, person: Person, number: int) -> None:
        version, heard = self.way.latest, last_entry()
        got = self.walk.answers_point(person, version, number)
        if self.deed("answer_point", got, {self.way.refusal(person, "submit", version)}, heard):
            version.points[number] = True
            version.typists.add(person.name)

    # ---- ceilings and 核定数

    @rule(
        person=persons,
        act=st.sampled_from(("ceiling", "ceiling", "split")),
        place=places,
        now=st.sampled_from(CEILINGS),
        why=st.sampled_from(("", "压减", "压减")),
        pick=picks,
    )
    def limits(
        self, person: Person, act: str, place: Any, now: int | None, why: str, pick: int
    ) -> None:
        self.sets_limit(self.typist(person, act, pick), act, place, now, why)

    def sets_limit(self, person: Person, act: str, place: Any, now: int | None, why: str) -> None:
        version = self.way.latest
        if version.ceilings.get(place) == now:
            return
        expected = {self.way.refusal(person, act, version)}
        if expected == {0}:
            expected = self.against_limit(version, act, place, now, why)
        heard = last_entry()
        got = self.walk.limits(person, version, place, now, why, act)
        told = "set_ceiling" if act == "ceiling" else "split_ceiling"
        if self.deed(told, got, expected, heard):
            version.revision += 1
            version.ceilings[place] = now or 0
            if now is None:
                del version.ceilings[place]

    def against_limit(
        self, version: Version, act: str, place: Any, now: int | None, why: str
    ) -> set[int]:
        """A revision wants a reason; a department splits what it has, and no more."""
        whole = version.ceilings.get(("whole", place[1]))
        if place in version.ceilings and not why:
            return {422}
        if version.round == FIRST and self.way.second is not None:
            return {422}
        if version.kind == "texts":
            return {422}
        if act == "split" and (place[0] == "whole" or whole is None or (now or 0) > whole):
            return {422}
        return {0}

    @rule(person=persons, place=places, pick=picks)
    def says_why_it_is_more(self, person: Person, place: Any, pick: int) -> None:
        version, person = self.way.latest, self.typist(person, "submit", pick)
        expected = self.way.refusal(person, "submit", version)
        if not expected and (place not in version.ceilings or version.round != FIRST):
            expected = 422
        heard = last_entry()
        got = self.walk.excuses(person, version, place)
        if self.deed("explain_excess", got, {expected}, heard):
            version.excuses.add(place)
            version.typists.add(person.name)

    @rule(person=persons, row=rows, amount=st.sampled_from((*AMOUNTS, None)), pick=picks)
    def grants(self, person: Person, row: str, amount: int | None, pick: int) -> None:
        version, person = self.way.latest, self.typist(person, "grant", pick)
        asked, had = version.rows[row], version.granted.get(row)
        wanted = None if amount in (None, asked) else amount
        if wanted == (had[1] if had else None):
            return
        expected = {self.way.refusal(person, "grant", version)}
        if expected == {0} and version.typed_by(person.name):
            expected = {403}
        heard = last_entry()
        got = self.walk.grants(person, version, row, amount)
        if self.deed("grant_amount", got, expected, heard):
            version.revision += 1
            version.heard = True
            version.granted.pop(row, None)
            if wanted is not None:
                version.granted[row] = asked, wanted

    # ---- looking on

    @precondition(lambda self: not self.way.congress)
    @rule()
    def comes_congress(self) -> None:
        BudgetYear.objects.update(congress_on=CONGRESS)
        self.way.congress = True

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.way.day += days
        self.stage.clock.days = self.way.day

    @rule(person=persons, act=st.sampled_from(MAY_LOOK), pick=picks)
    def somebody_looks(self, person: Person, act: str, pick: int) -> None:
        version = self.version(pick)
        self.counted["steps"] += 1
        assert self.walk.look(person, act, version) == self.way.refusal(person, act, version)

    @rule(person=persons, pick=picks)
    def a_page_offers_what_can_be_done(self, person: Person, pick: int) -> None:
        """What a page offers with nothing in its way is what the model lets happen."""
        version = self.version(pick)
        if self.way.refusal(person, "status", version):
            return
        self.counted["steps"] += 1
        offered = {
            each.step.action.value: bool(each.hindered or each.missing)
            for each in possible(self.walk.user(person), self.walk.budget(version))
        }
        for act in STEPS:
            allowed = not self.way.refusal(person, act, version)
            said = self.signed(person, act, version) if allowed else Said(version.revision)
            open_ = self.way.refusals(person, act, version, said) == {0}
            if open_:
                assert offered.get(act) is False, act
            elif not allowed:
                assert act not in offered
            if act in ON_PAPER and allowed:
                could = self.way.could_have_signed(act, version, PEOPLE)
                assert self.walk.offered(act, version) == could

    def signed(self, person: Person, act: str, version: Version) -> Said:
        """Return what is said of a step with which nothing is wrong, if anybody can have signed."""
        every = [Said(version.revision, signer=each, day=self.way.day) for each in SIGNERS]
        fit = [said for said in every if self.way.refusals(person, act, version, said) == {0}]
        return (fit or every)[0]

    @rule(number=st.sampled_from((None, 1, 2, 3)))
    def the_public_comes(self, number: int | None) -> None:
        self.counted["steps"] += 1
        address = f"/{CODE}/{YEAR}/" if number is None else f"/{CODE}/{YEAR}/v{number}/"
        answer = self.visitor.get(address)
        assert answer.status_code == self.way.public(number)
        shown = [each for each in self.way.releases if number in (None, each.number)]
        if answer.status_code == 200:
            assert printed(sum(shown[-1].amounts.values())) in answer.content.decode()

    # ---- what always holds

    def is_what_was_approved(self, version: Version) -> None:
        """The amounts of what was just published are those that were approved, to the 分."""
        stored, expected = StoredRelease.objects.latest("pk"), self.way.releases[-1]
        book = thaw(stored.snapshot).book
        amounts = {line.economic: fen(line.amount) for line in book.lines}
        assert amounts == {ECONOMIC[row]: each for row, each in expected.amounts.items()}
        assert stored.number == expected.number
        [total] = {
            run.text
            for section in read(stored).sections
            for block in section.blocks
            if isinstance(block, Paragraph)
            for run in block.text
            if isinstance(run, Figure) and run.key == "revenue_total"
        }
        assert total == printed(sum(version.stands.values()))

    @invariant()
    def the_stored_is_the_model(self) -> None:
        if not hasattr(self, "way"):
            return
        for version in self.way.versions:
            found = self.walk.found(version)
            assert found == {name: getattr(version, name) for name in found}
        assert DepartmentBudget.objects.count() == len(self.way.standing)
        assert DepartmentBudget.everything.count() == len(self.way.versions)
        readable = [
            (each.number, not hasattr(each, "withdrawal") and not hasattr(each, "seal"))
            for each in StoredRelease.objects.order_by("number")
        ]
        assert readable == [(each.number, each.readable) for each in self.way.releases]

    @invariant()
    def what_is_frozen_stays(self) -> None:
        now = frozen()
        assert now.items() >= self.frozen.items()
        self.frozen = now
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
            phases=(Phase.generate,),  # a walk is short enough to be read as it is
            suppress_health_check=list(HealthCheck),
        ),
    )
    return counted


@pytest.fixture
def stage(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return Stage(clock)


def test_the_way_of_a_budget_is_the_one_of_the_model(stage: Stage) -> None:
    counted = walks(stage, 2, 16)
    assert counted["steps"] >= 50, counted
    assert counted["publish"], counted


@pytest.mark.long
def test_five_thousand_steps_of_everybody_are_those_of_the_model(stage: Stage) -> None:
    counted = walks(stage, 130, 45)
    print(dict(sorted(counted.items())))
    assert counted["steps"] >= 5_000
    # What is never done is not tested: every step was, and so was everything that is entered.
    assert [act for act in (*STEPS, *ENTERED) if not counted[act]] == []
    assert all(counted[f"answered {number}"] for number in (403, 404, 409, 422))
