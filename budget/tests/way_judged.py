"""What is held along the random walks of everybody: each answer, and what is stored after it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from budget.document import Figure, Paragraph
from budget.models import DepartmentBudget
from budget.models import Release as StoredRelease
from budget.release import read, thaw
from budget.tests.clean import MANDATE
from budget.tests.way_model import Person, Version, Way
from budget.tests.way_walked import (
    ECONOMIC,
    PEOPLE,
    ROUNDS,
    Stage,
    Walk,
    acts_since,
    chain_is_whole,
    fen,
    frozen,
    printed,
)


def walks(
    machine: type[RuleBasedStateMachine], stage: Any, examples: int, length: int
) -> Counter[str]:
    """Walk so often, so far, and return what was counted."""
    counted: Counter[str] = Counter()
    run_state_machine_as_test(
        type("Walks", (machine,), {"stage": stage, "counted": counted}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=length,
            deadline=None,
            phases=(Phase.generate,),  # a walk is short enough to be read as it is
            suppress_health_check=list(HealthCheck),
        ),
    )
    return counted


class Judge(RuleBasedStateMachine):
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

    def typist(self, person: Person, act: str, pick: int) -> Person:
        """Return the person, or mostly one whose turn it is where there is one."""
        version = self.way.latest
        able = [each for each in PEOPLE if not self.way.refusal(each, act, version)]
        return able[pick % len(able)] if able and pick < 7 else person

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
