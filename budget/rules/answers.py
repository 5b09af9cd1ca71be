"""Written reasons for what rules found: which findings they answer, and which stay open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from budget.rules.checking import Found, Report
from budget.terms import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Why a finding may stand. Without an ``address`` it answers all findings of its rule."""

    rule: str
    reason: str
    address: str = ""
    by: str = ""
    at: datetime | None = None

    def meets(self, found: Found) -> bool:
        """True where the answer speaks of this finding."""
        return self.rule == found.rule.code and self.address in ("", *found.finding.where)


def answer_to(found: Found, answers: Sequence[Answer]) -> Answer | None:
    """Return what was answered to a finding, the answer to its very place before a general one."""
    meeting = [answer for answer in answers if answer.meets(found)]
    return max(meeting, key=lambda answer: bool(answer.address), default=None)


def unanswered(report: Report, answers: Sequence[Answer]) -> Iterable[Found]:
    """Yield the warnings that still want a written reason, in the order of the report.

    A budget goes on only when there are none. Errors are never among them: no reason lifts an
    error. A finding that broke several rules is answered by an answer to the first of them, whose
    code it bears; one whose place has changed since is open again.
    """
    for found in report.of(Severity.WARNING):
        if answer_to(found, answers) is None:
            yield found
