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
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)
from pytest_django import Settings

from budget.flow.standing import possible
from budget.models import BudgetYear
from budget.tests.clean import CODE, CONGRESS, MANDATE, YEAR
from budget.tests.way_entered import AMOUNTS, ENTERED, Entering, persons, picks
from budget.tests.way_judged import walks
from budget.tests.way_model import Person, Said, Version
from budget.tests.way_table import (
    FIRST,
    KINDS,
    LOOKS,
    OF_KIND,
    ON_PAPER,
    ONWARD,
    SECOND,
    STEPS,
    VOID,
)
from budget.tests.way_walked import PEOPLE, Clock, Stage, last_entry, printed

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

GROUNDS = ("mistake", "other", "secret", "personal")
WITH_IT = {
    "set_ceiling": ["budget.copy_version"],
    "correct_texts": ["budget.copy_version"],
    "correct_amounts": ["budget.copy_version"],
    "record_signature": ["budget.attach"],
    "record_release": ["budget.attach"],
}
"""What the audit trail tells besides the act itself, where it was not done before."""

SO_FAR = 18
"""Steps after which an aim is given up."""

VIA = {
    "confirm_withdrawal": "withdraw",
    "drop_withdrawal": "withdraw",
    "drop_texts": "correct_texts",
    "drop_amounts": "correct_amounts",
}
"""What is done before some step can be, where it would not be come to by going on."""

MAY_LOOK = (*LOOKS, *(act for act in STEPS if act not in {*OF_KIND, "set_ceiling"}))
"""What a page asks leave for whatever the version corrects; the step that ends 一上 is one of
several ways to set ceilings."""

PERSONS = {person.name: person for person in PEOPLE}
SIGNERS = tuple(person for person in PEOPLE if "H" in person.letters or person.name == "finance")
signers = st.sampled_from((PERSONS["head"], PERSONS["deputy"], *SIGNERS))
agos = st.sampled_from((0, 0, 0, 1, 2, -1))


class Machine(Entering):
    """Everybody, taking steps and looking on. ``aims`` are steps that each walk comes to first."""

    aims: tuple[str, ...] = ()

    @initialize(
        first=st.booleans(),
        congress=st.sampled_from((True, True, False)),
        onward=st.sampled_from((14, 9, 4, 17, 1, 0)),  # 14 come as far as a correction
        pick=picks,
    )
    def begins(self, first: bool, congress: bool, onward: int, pick: int) -> None:
        """Begin with a first or a second submission, come to the aim, go on as it should be.

        Hypothesis leaves some rules out of each walk; what every walk does is done here.
        """
        self.sets_out(FIRST if first else SECOND)
        self.comes_congress() if congress else None
        self.enters_what_is_rare() if pick % 3 == 1 else None
        for aim in self.aims:
            for _ in range(SO_FAR):
                if self.comes_to(aim, pick):
                    break
                self.goes_one_step_on(pick)
        for _ in range(onward):
            self.goes_one_step_on(pick)

    def enters_what_is_rare(self) -> None:
        self.sets_limit(PERSONS["budget"], "ceiling", ("whole", "personnel"), AMOUNTS[4], "")
        self.sets_limit(PERSONS["finance"], "split", ("unit", "personnel"), AMOUNTS[3], "")
        self.says_why_it_is_more(PERSONS["finance"], ("whole", "personnel"), pick=9)
        self.completed(PERSONS["accountant"], whole=False)

    def comes_to(self, aim: str, pick: int) -> bool:
        """Let somebody take a step as it should be, if anybody can; return whether he did."""
        version = self.way.latest
        for person in (*PEOPLE[pick:], *PEOPLE[:pick]) if self.way.who(aim, version) else ():
            said = self.signed(person, aim, version)
            if self.way.refusals(person, aim, version, said) == {0}:
                self.steps(person, aim, version, said)
                return True
        return False

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


def aiming_at(*aims: str) -> type[Machine]:
    """Return the machine whose walks come to some steps first."""
    return type("Aiming", (Machine,), {"aims": aims})


@pytest.fixture
def stage(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return Stage(clock)


def test_the_way_of_a_budget_is_the_one_of_the_model(stage: Stage) -> None:
    counted = walks(aiming_at("recall", "record_signature"), stage, 2, 16)
    assert counted["steps"] >= 45, counted
    assert counted["publish"], counted


@pytest.mark.long
def test_five_thousand_steps_of_everybody_are_those_of_the_model(stage: Stage) -> None:
    counted: Counter[str] = Counter()
    for act in STEPS:
        counted += walks(aiming_at(*filter(None, [VIA.get(act)]), act), stage, 6, 45)
    print(dict(sorted(counted.items())))
    assert counted["steps"] >= 5_000
    # What is never done is not tested: every step was, and so was everything that is entered.
    assert [act for act in (*STEPS, *ENTERED) if not counted[act]] == []
    assert all(counted[f"answered {number}"] for number in (403, 404, 409, 422))
