"""What people enter along the random walks: rows, words, answers, 控制数 and 核定数."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from budget.tests.clean import MANDATE
from budget.tests.way_judged import Judge
from budget.tests.way_model import Person, Version
from budget.tests.way_table import FIRST, KINDS
from budget.tests.way_walked import ECONOMIC, PEOPLE, acts_since, last_entry

AMOUNTS = (1_000_000_00, 200_000_00, 1_050_000_55, 150_000_00, 987_654_32, 80_000_01)
CEILINGS = (*AMOUNTS, 1_100_000_00, None)
MANDATES = (MANDATE, "负责全市另一项工作\n承办交办的其他事项", "")
ENTERED = (
    *("enter_typed", "complete_unit", "reopen_unit", "return_unit", "answer_warning"),
    *("answer_point", "split_ceiling", "explain_excess", "grant_amount"),
)
"""What is done on the way without being a step of it."""

HOLDING = tuple(person for person in PEOPLE if person.letters)
persons = st.sampled_from((*HOLDING, *HOLDING, *PEOPLE))
picks = st.integers(0, 9)
rows = st.sampled_from(sorted(ECONOMIC))
places = st.tuples(st.sampled_from(("whole", "unit")), st.sampled_from(sorted(KINDS)))


class Entering(Judge):
    """Everybody, entering."""

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
