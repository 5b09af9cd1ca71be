"""What people wrote for a document: reasons, duties and other words that no figure can give.

A remark has a key (``revenue_change``) and belongs to a department or to one of its units. Where
a department has a single unit the two are one body, and either speaks for the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from budget.book import UnknownUnit


class MissingRemark(LookupError):
    """A document asks for a remark that nobody wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One text under its key; ``unit`` is None where the department says it."""

    key: str
    text: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Remarks:
    """The remarks that one document may print: ``texts`` by key, never blank.

    ``units`` holds what each unit of the department says, so that the remarks can be seen by a
    unit as the book can; it is empty in the remarks of a unit.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, remarks: Iterable[Remark], units: Iterable[str]) -> Remarks:
        """Return a department's remarks; ``units`` are the codes of all its units.

        Blank texts count as not written. Raises UnknownUnit for a remark of any other unit.
        """
        written: dict[str | None, dict[str, str]] = {None: {}}
        written.update({code: {} for code in units})
        for remark in remarks:
            if remark.unit not in written:
                raise UnknownUnit(f"说明“{remark.key}”属于不在本部门的单位 {remark.unit}")
            if remark.text.strip():
                written[remark.unit][remark.key] = remark.text
        own = written.pop(None)
        return cls(own, {code: texts for code, texts in written.items() if code})._as_one_body()

    def _as_one_body(self) -> Remarks:
        if len(self.units) != 1:
            return self
        [(code, said)] = self.units.items()
        return Remarks({**said, **self.texts}, {code: {**self.texts, **said}})

    def seen_by(self, unit_code: str) -> Remarks:
        """Return the remarks of one unit. Raises UnknownUnit."""
        if unit_code not in self.units:
            raise UnknownUnit(f"没有编码为 {unit_code} 的预算单位的说明")
        return Remarks(self.units[unit_code])

    def get(self, key: str) -> str | None:
        """Return a text, None where nobody wrote it."""
        return self.texts.get(key)

    def __getitem__(self, key: str) -> str:
        """Return a text. Raises MissingRemark where nobody wrote it."""
        if key not in self.texts:
            raise MissingRemark(f"缺少说明“{key}”，请先填写")
        return self.texts[key]

    def __contains__(self, key: str) -> bool:
        return key in self.texts
