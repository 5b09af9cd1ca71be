"""The way of a budget as the requirements tell it, typed without looking at the code. Pure.

One department with one unit. Money is whole 分. What somebody is answered is a number of the web: 0
it is done, 404 it is not there for him, 403 it is not his to do, 409 not now or not what he has
read, 422 something is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from budget.tests.way_table import (
    APART,
    ENDS,
    FIFTH_ON,
    FIRST,
    JUDGING,
    KEEPS,
    KINDS,
    LINES,
    OF_KIND,
    ON_PAPER,
    SAYS_NOTHING,
    SECOND,
    SECRET,
    STATES,
    VOID,
)

GOAL = 1_200_000_00
"""What the goals of the department say that all of it costs: other sums want an explanation."""


def in_print(amount: int) -> int:
    """Return 分 as hundredths of 万元, rounded half up: what a document shows."""
    return (amount + 50_00) // 100_00


Place = tuple[str, str]
"""Whose ceiling ("whole" or "unit"), and of which kind."""


@dataclass(frozen=True)
class Person:
    """Somebody with the letters of his roles in this department; in another one they are none.

    He holds them from a day to a day, counted from the one on which the walk begins.
    """

    name: str
    letters: str
    since: int = 0
    until: int | None = None

    def on(self, day: int) -> str:
        """Return the letters that he holds on a day."""
        held = self.since <= day and (self.until is None or day <= self.until)
        return self.letters if held else ""


@dataclass(frozen=True)
class Said:
    """How a step was asked for: which revision was seen, whether anything was said with it.

    ``signer`` signed on paper, on the ``day``.
    """

    seen: int
    full: bool = True
    read: bool = True
    opinion: str = "ok"
    ground: str = "mistake"
    points: int = 1
    signer: Person | None = None
    day: int = 0


@dataclass
class Release:
    """What was published: the amounts by row, and what became of it."""

    number: int
    amounts: dict[str, int]
    mandate: str
    withdrawn: str = ""
    sealed: bool = False

    @property
    def readable(self) -> bool:
        return not self.withdrawn and not self.sealed


@dataclass
class Version:
    """One version of the budget. ``before`` is what it was copied from."""

    round: int
    number: int
    state: str
    rows: dict[str, int]
    mandate: str
    complete: bool = True
    before: Version | None = None
    kind: str = ""  # "texts" or "amounts" where it corrects a published one
    ground: str = ""
    revision: int = 0
    performance: str = "pending"
    sent: bool = False  # it has been submitted once
    laid: dict[str, int] = field(default_factory=dict)  # on which days before whom signs
    heard: bool = False  # the bureau has said something since the head signed
    begun: int = 0  # rows not typed to their end
    explained: bool = False  # why the amounts are not what the goals say
    approved: dict[str, int] | None = None
    release: Release | None = None
    request: tuple[str, str] | None = None  # who asked for a withdrawal, on which ground
    side: str = ""
    points: list[bool] = field(default_factory=list)
    ceilings: dict[Place, int] = field(default_factory=dict)
    excuses: set[Place] = field(default_factory=set)
    granted: dict[str, tuple[int, int]] = field(default_factory=dict)
    typists: set[str] = field(default_factory=set)
    done: list[tuple[str, str]] = field(default_factory=list)
    kept: int = 0  # snapshots

    @property
    def stands(self) -> dict[str, int]:
        """What counts: once the bureau has it, what was granted of the very amount."""
        if self.state in ("open", "draft", "submitted"):
            return dict(self.rows)
        return self.as_granted

    @property
    def as_granted(self) -> dict[str, int]:
        return {
            row: self.granted[row][1] if self.granted.get(row, ("",))[0] == asked else asked
            for row, asked in self.rows.items()
        }

    @property
    def doubtful(self) -> bool:
        """Whether all of it is not what the goals say, as both are printed."""
        return in_print(sum(self.stands.values())) != in_print(GOAL)

    def typed_by(self, name: str) -> bool:
        """Whether somebody typed any of it, what it was copied from included."""
        older = self.before is not None and self.before.typed_by(name)
        return older or name in self.typists


@dataclass
class Way:
    """All versions of one department's budget of a year."""

    versions: list[Version]
    congress: bool = False
    day: int = 0  # since the walk began
    releases: list[Release] = field(default_factory=list)

    # ---- who may

    def who(self, act: str, version: Version) -> str:
        """Return the letters of who may do something to a version now."""
        if version.state == VOID or version.kind not in OF_KIND.get(act, (version.kind,)):
            return ""
        if version.round == FIRST:
            if act in FIFTH_ON:
                return ""
            if act == "ceiling" and version.state == "reviewed":
                return "B"
        elif act == "set_ceiling":
            return ""  # what ends 一上 opens 二上
        return LINES[act][STATES.index(version.state)].replace("-", "")

    def refusal(self, person: Person, act: str, version: Version) -> int:
        """Return how somebody is turned away by his roles alone, 0 where he is not."""
        letters = set(person.on(self.day))
        if letters & set(self.who(act, version)):
            return 0
        if not letters & set(self.who("status", version)):
            return 404
        if letters & set("".join(LINES[act])):  # at another time he may
            return 409
        return 403

    def refusals(self, person: Person, act: str, version: Version, said: Said) -> set[int]:
        """Return the answers that a step may get; {0} where nothing stands against it."""
        turned = self.refusal(person, act, version)
        if turned:
            return {turned}
        return set(self._against(person, act, version, said)) or {0}

    def _against(self, person: Person, act: str, version: Version, said: Said) -> Iterator[int]:
        if act in JUDGING and version.typed_by(person.name):
            yield 403
        if self.another_is_needed(person, act, version):
            yield 403
        if said.seen != version.revision:
            yield 409
        if act in ("publish", "record_release") and not said.read:
            yield 409
        if not said.full and act not in SAYS_NOTHING:
            yield 422
        if act in ON_PAPER and said.full:
            yield from self.against_signer(person, act, version, said)
        if any(self.missing(act, version)):
            yield 422

    def against_signer(
        self, recorder: Person, act: str, version: Version, said: Said
    ) -> Iterator[int]:
        """Who signed is another than who records it, and could have signed it here, that day."""
        assert said.signer is not None
        signing, before = ON_PAPER[act]
        if said.signer == recorder or version.typed_by(said.signer.name):
            yield 403
        if self.another_is_needed(said.signer, signing, version):
            yield 403
        if "H" not in said.signer.on(said.day) or not version.laid[before] <= said.day <= self.day:
            yield 422

    def could_have_signed(self, act: str, version: Version, people: Iterable[Person]) -> set[str]:
        """Return the names of the heads of any day since it was laid before them."""
        days = range(version.laid[ON_PAPER[act][1]], self.day + 1)
        return {each.name for each in people if any("H" in each.on(day) for day in days)}

    def another_is_needed(self, person: Person, act: str, version: Version) -> bool:
        """Whether two acts want two persons, of whom he has been the first."""
        mine = {done for done, by in version.done if by == person.name}
        if any(act in some and mine & (some - {act}) for some in APART):
            return True
        if act == "send_back" and version.state == "frozen":
            return "pass_final_review" in mine  # taking 审定 back takes two persons
        if act == "confirm_withdrawal" and version.request is not None:
            return version.side in person.on(self.day)
        return False

    # ---- what must hold

    def missing(self, act: str, version: Version) -> Iterator[bool]:
        """Yield for each condition of a step whether it fails."""
        texts = version.kind == "texts"
        if act in ("submit", "prepare_publication", "publish", "record_release"):
            yield version.begun > 0
        if act == "submit":
            yield not version.complete
            yield not all(version.points)
            yield not texts and self.above_ceilings(version)
        if act in ("submit", "sign", "record_signature") and texts:
            yield version.stands != version.approved
        if act in ("submit", "sign", "record_signature"):
            yield self.unsound(version)
        if act == "recall":
            yield version.heard  # only before any opinion
        if act in ("send_back", "judge_performance") and version.round == FIRST:
            yield version.state == "reviewed" and self.second is not None
        if act == "set_ceiling":
            yield not version.ceilings or self.second is not None
        if act == "pass_final_review":
            yield version.performance != "ok"
            yield any(version.rows[row] != asked for row, (asked, _) in version.granted.items())
            yield not version.mandate  # an error; no more is asked than that there is none
        if act == "approve":
            yield not self.congress
        if act in ("prepare_publication", "publish", "record_release"):
            yield version.stands != version.approved
            yield self.unsound(version)
        if act == "withdraw":
            yield version.request is not None
        if act in ("confirm_withdrawal", "drop_withdrawal"):
            yield version.request is None
        if act in ("correct_texts", "correct_amounts"):
            yield version is not self.latest
        if act == "drop_amounts":
            yield version.kind != "amounts"
        if act == "delete":  # a beginning of their own that nobody else has had to do with
            yield version.before is not None or version.sent
            yield bool(version.ceilings)

    def unsound(self, version: Version) -> bool:
        """Whether the rules find an error, or something that nobody has explained."""
        return not version.mandate or (version.doubtful and not version.explained)

    def above_ceilings(self, version: Version) -> bool:
        over = {
            place
            for place, amount in version.ceilings.items()
            if version.rows[KINDS[place[1]]] > amount
        }
        if version.round == FIRST:
            over -= version.excuses
        parts = any(
            ("whole", kind) in version.ceilings
            and version.ceilings.get(("unit", kind), 0) > version.ceilings["whole", kind]
            for kind in KINDS
        )
        return bool(over) or parts

    @property
    def standing(self) -> list[Version]:
        """The versions that are there for anybody."""
        return [each for each in self.versions if each.state != VOID]

    @property
    def latest(self) -> Version:
        return self.standing[-1]

    def next_number(self, round_: int) -> int:
        """Return the number of a new version; one that was given is never given again."""
        return max((each.number for each in self.versions if each.round == round_), default=0) + 1

    @property
    def second(self) -> Version | None:
        """The second submission, once it was opened."""
        return next((each for each in self.versions if each.round == SECOND), None)

    # ---- what a step does

    def take(self, person: Person, act: str, version: Version, said: Said) -> None:
        """Do what a step does that nothing stands against."""
        before = version.state
        version.state = ENDS.get(act, version.state)
        if version.kind == "texts" and act in ("sign", "record_signature"):
            version.state = "approved"
        version.revision += 1
        version.kept += act in KEEPS
        version.sent |= act == "submit"
        version.laid[act] = self.day
        version.done.append((act, person.name))
        if version.state == "draft" and before != "draft":
            version.performance = "pending"
        if version.state == "draft" or act == "send_package_back":
            version.done.clear()
        if version.state in ("draft", "submitted"):
            version.heard = False
        if act == "send_back":
            version.points = [False] * said.points
        elif act == "judge_performance":
            version.performance, version.heard = said.opinion, True
        elif act == "set_ceiling":
            self._open_second(version)
        elif act == "approve":
            version.approved = version.stands
        elif act in ("publish", "record_release"):
            self._publish(version)
        elif act == "withdraw":
            version.request = person.name, said.ground
            version.side = "H" if "H" in person.on(self.day) else "B"
        elif act in ("drop_withdrawal", "confirm_withdrawal"):
            self._answer_request(act, version)
        elif act in ("correct_texts", "correct_amounts"):
            self._correct(act, version, said)

    def _open_second(self, version: Version) -> None:
        copy = self._copy(version, state="open", number=1)
        copy.round, copy.complete = SECOND, False
        self.versions.append(copy)

    def _copy(self, version: Version, state: str, number: int) -> Version:
        return replace(
            Version(SECOND, number, state, version.as_granted, version.mandate),
            complete=version.complete,
            before=version,
            begun=version.begun,
            explained=version.explained,
            ceilings=dict(version.ceilings),
        )

    def _correct(self, act: str, version: Version, said: Said) -> None:
        copy = self._copy(version, state="draft", number=self.next_number(SECOND))
        copy.kind, copy.ground = act.removeprefix("correct_"), said.ground
        copy.approved = version.approved if copy.kind == "texts" else None
        self.versions.append(copy)

    def _publish(self, version: Version) -> None:
        assert version.approved is not None
        version.release = Release(len(self.releases) + 1, version.approved, version.mandate)
        if version.kind and version.ground in SECRET:
            self._seal(version.release.number)
        self.releases.append(version.release)

    def _answer_request(self, act: str, version: Version) -> None:
        assert version.request is not None
        assert version.release is not None
        ground = version.request[1]
        version.request, version.side = None, ""
        if act == "confirm_withdrawal":
            version.release.withdrawn = ground
            if ground in SECRET:
                self._seal(version.release.number + 1)

    def _seal(self, below: int) -> None:
        for each in self.releases:
            each.sealed = each.sealed or each.number < below

    # ---- what the public gets

    def public(self, number: int | None = None) -> int:
        """Return what anybody is answered who asks for the document, or for one release of it."""
        asked = [each for each in self.releases if number in (None, each.number)]
        if not asked:
            return 404
        return 200 if asked[-1].readable else 410
