"""Why a step is not taken, besides who may take it (``budget.models.permits``)."""

from __future__ import annotations

from collections.abc import Sequence

from budget.models import Refused


class Stale(Refused):
    """The budget was changed after the person had read it."""

    def __init__(self, seen: int, now: int) -> None:
        self.seen, self.now = seen, now
        super().__init__("预算在您看过之后又有改动，请刷新页面，看过新的内容再办。")


class NotReady(Refused):
    """What must hold does not; ``reasons`` say in Chinese what is missing, and where."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("还不能办理：" + "；".join(self.reasons) + "。")


class Unsaid(Refused):
    """The step asks for something that the person did not say, or not readably."""

    def __init__(self, what: str) -> None:
        super().__init__(f"请填写{what}。")


class OwnWork(Refused):
    """Nobody judges what he typed, and two acts want two persons."""


class Unfit(Refused):
    """A file or a day that was sent with a step cannot be kept; the message says why."""
