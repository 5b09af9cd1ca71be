"""The codes that a cell may choose among: valid on the budget's date, or proposed for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from budget.codes import MalformedCode, hyphenated, parse_code, path
from budget.models import DepartmentBudget, EconomicCode, FunctionCode, ProposedCode, valid_on
from budget.terms import CodeScheme

SCHEMES: dict[CodeScheme, type[FunctionCode] | type[EconomicCode]] = {
    CodeScheme.FUNCTION: FunctionCode,
    CodeScheme.DEPARTMENT_ECONOMIC: EconomicCode,
}


class UnknownSpelling(ValueError):
    """No code, or more than one, is meant by what was typed; the message says so in Chinese."""


@dataclass(frozen=True)
class CodeList:
    """Names by code, in the order of codes. ``proposed`` are those the list itself lacks."""

    scheme: CodeScheme
    names: dict[str, str]
    proposed: frozenset[str]

    def find(self, text: str) -> tuple[str, str]:
        """Return the code that is meant by a number in any spelling, a name, or both; and the name.

        The name is the one typed behind the number, "" where none was. A well-spelled number is
        accepted whether the list has it or not: ``knows`` tells. Raises UnknownSpelling.
        """
        words = text.strip()
        head, _, rest = words.partition(" ")
        for candidate, name in ((words, ""), (head, rest.strip())):
            try:
                return parse_code(candidate), name
            except MalformedCode:
                continue
        named = [code for code, name in self.names.items() if name == words and self.is_leaf(code)]
        if len(named) == 1:
            return named[0], words
        if not named:
            raise UnknownSpelling(f"“{text}”不是科目编码，科目表中也没有这个名称的科目")
        some = "、".join(hyphenated(code) for code in named[:4])
        raise UnknownSpelling(f"名称为“{words}”的科目有{len(named)}个（{some}…），请填编码")

    def knows(self, code: str) -> bool:
        """True where the list has the code, or somebody has proposed it for this budget."""
        return code in self.names

    def with_proposal(self, code: str, name: str) -> CodeList:
        """Return the list with one more proposed code."""
        names = dict(sorted({**self.names, code: name}.items()))
        return CodeList(self.scheme, names, self.proposed | {code})

    def is_leaf(self, code: str) -> bool:
        """True where no code of the list is below this one, so that money may stand on it."""
        return code not in self.above

    @cached_property
    def above(self) -> frozenset[str]:
        """Every code that has another below it."""
        return frozenset(step for code in self.names for step in path(code) if step != code)

    def told(self, code: str) -> str:
        """Return a code with its name, as cells show it: 2010301 行政运行."""
        return f"{code} {self.names[code]}" if code in self.names else code

    def choices(self) -> Iterator[dict[str, Any]]:
        """Yield every code as a browser offers it: code, name, the names above, usable or not."""
        for code, name in self.names.items():
            above = [self.names[step] for step in path(code) if step != code and step in self.names]
            yield {
                "code": code,
                "name": name,
                "path": above,
                "usable": self.is_leaf(code),
                "proposed": code in self.proposed,
            }


def code_list(budget: DepartmentBudget, scheme: CodeScheme) -> CodeList:
    """Return the codes of one scheme for a budget, in two queries."""
    stored: Any = SCHEMES[scheme].objects.all()
    if scheme is CodeScheme.DEPARTMENT_ECONOMIC:
        stored = stored.filter(scheme=scheme)
    names = {
        code: str(name) for code, (name,) in valid_on(stored, budget.year.codes_on, "name").items()
    }
    own = ProposedCode.objects.filter(budget=budget, scheme=scheme).values_list("code", "name")
    proposed = {code: name for code, name in own if code not in names}
    both = {**names, **proposed}
    return CodeList(scheme, dict(sorted(both.items())), frozenset(proposed))
