"""A department of two units on its way to the head, as the requirements tell it. Pure.

A smaller model beside ``way_model``: whose is a unit's part, what the department waits for, how
ceilings of units stand against that of the whole. Typed without looking at the code; money is whole
分, answers are numbers of the web (0: it is done).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from budget.tests.way_table import FIRST

OFFICE, SCHOOL = "office", "school"
UNITS = (OFFICE, SCHOOL)
WHOLE = "whole"
DEED = tuple[str, str]

# Letters: A accountant, D the department's finance, H head, B budget division. One column for each
# of the states open, draft, submitted, signed.
LINES = {
    line.split()[0]: line.split()[1:]
    for line in """
status              ADHB ADHB ADHB ADHB
view                ADHB ADH  ADH  ADHB
edit                A    A    -    -
edit_texts          AD   AD   -    -
complete            -    A    -    -
hand_back           -    D    -    -
ceiling             B    B    -    -
split               D    D    -    -
submit              -    AD   -    -
withdraw_submission -    -    AD   -
sign                -    -    H    -
""".strip().splitlines()
}
STATES = ("open", "draft", "submitted", "signed")
ENDS = {"submit": "submitted", "withdraw_submission": "draft", "sign": "signed"}


@dataclass(frozen=True)
class Person:
    """Somebody with the letters of what he is for the department, and the units he writes in."""

    name: str
    letters: str = ""
    units: tuple[str, ...] = ()


@dataclass
class Part:
    """What one unit plans, how far it is, and whether it was taken in as it is now."""

    wages: int
    complete: bool = True
    begun: int = 0
    taken_in: bool = False


@dataclass
class Budget:
    """The budget of a department with two units. ``round`` is 1 (一上) or 2 (二上)."""

    round: int
    state: str
    parts: dict[str, Part]
    words: dict[str | None, str]
    revision: int = 0
    ceilings: dict[str, int] = field(default_factory=dict)
    excuses: set[str] = field(default_factory=set)
    typists: set[str] = field(default_factory=set)

    # ---- who may

    def letters(self, person: Person, unit: str | None) -> set[str]:
        """Return what somebody is in a unit's part, or (None) in the whole.

        An accountant is one in his own units; in the whole he is where they are all of them.
        """
        wanted = set(UNITS) if unit is None else {unit}
        return set(person.letters) | ({"A"} if wanted <= set(person.units) else set())

    def refusal(self, person: Person, act: str, unit: str | None) -> int:
        """Return how somebody is turned away, 0 where he is not."""
        mine, column = self.letters(person, unit), STATES.index(self.state)
        if mine & set(LINES[act][column]):
            return 0
        if not mine & set(LINES["status"][column]):
            return 404
        return 409 if mine & set("".join(LINES[act])) else 403

    # ---- what must hold

    def against_step(self, person: Person, act: str) -> set[int]:
        """Return the answers that a step of the whole may get; {0} where nothing is against it."""
        turned = self.refusal(person, act, None)
        if turned:
            return {turned}
        found = set()
        if act == "sign" and person.name in self.typists:
            found.add(403)
        if act == "submit" and (any(self.missing()) or self.too_much()):
            found.add(422)
        if act in ("submit", "sign") and not all(self.words.values()):
            found.add(422)
        return found or {0}

    def missing(self) -> Iterator[bool]:
        """Every unit says that its part is entered, and no row waits to be typed to its end."""
        for part in self.parts.values():
            yield not part.complete
            yield part.begun > 0

    @property
    def planned(self) -> dict[str, int]:
        """What the whole and each unit plan."""
        units = {unit: part.wages for unit, part in self.parts.items()}
        return {**units, WHOLE: sum(units.values())}

    def too_much(self) -> bool:
        """Whether more is planned than may be, or more handed to the units than there is."""
        over = {place for place, most in self.ceilings.items() if self.planned[place] > most}
        return bool(over - (self.excuses if self.round == FIRST else set())) or self.split_up > (
            self.ceilings.get(WHOLE, self.split_up)
        )

    @property
    def split_up(self) -> int:
        return sum(amount for place, amount in self.ceilings.items() if place != WHOLE)

    def against_limit(self, act: str, place: str, now: int | None, why: str) -> int:
        """A revision wants a reason; a department splits no more than it has, to units alone."""
        if place in self.ceilings and not why:
            return 422
        if act == "split":
            rest = self.split_up - (self.ceilings.get(place, 0) if place != WHOLE else 0)
            if place == WHOLE or WHOLE not in self.ceilings:
                return 422
            if rest + (now or 0) > self.ceilings[WHOLE]:
                return 422
        return 0
