"""The documents that a version of a budget is published as: its department's, and its units'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from budget.canonical import digest, disclosure_content
from budget.disclosure import compose
from budget.document import Disclosure
from budget.edition import EDITIONS
from budget.load import read_whole
from budget.models import Correction, DepartmentBudget, Release, UnitBudget
from budget.terms import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Packaged:
    """One document as it will be published: its digest, and the release that it takes the place of.

    ``number`` is the one that its release gets (第几版).
    """

    document: Disclosure
    digest: str
    number: int
    replaces: Release | None


@dataclass(frozen=True, slots=True)
class Package:
    """All documents of a version."""

    documents: tuple[Packaged, ...]

    @property
    def digest(self) -> str:
        """What stands for all of them: who has read these documents has read this digest."""
        if len(self.documents) == 1:
            return self.documents[0].digest
        return digest("".join(each.digest for each in self.documents).encode())


def package(budget: DepartmentBudget) -> Package:
    """Return the documents of a version as they would be published now.

    A correction says on each cover what it corrects and why. Raises what ``compose`` raises for a
    budget that is not entered in full.
    """
    return Package(tuple(_packaged(budget)))


def documents(budget: DepartmentBudget) -> Iterator[tuple[str | None, str]]:
    """Yield whose documents a budget makes: the department's, and its units' where it has several.

    A department of one unit is one body with it, and one document stands for both.
    """
    yield None, budget.department.name
    parts = UnitBudget.objects.filter(budget=budget, unit__merged=False).select_related("unit")
    units = [(part.unit.code, part.unit.name) for part in parts.order_by("unit__position", "unit")]
    if len(units) > 1:
        yield from units


def _packaged(budget: DepartmentBudget) -> Iterator[Packaged]:
    edition = EDITIONS[budget.year.edition]
    correction = Correction.objects.filter(budget=budget).first()
    whole = read_whole(budget)
    book, remarks = whole.book, whole.remarks
    units = [unit for unit, _ in documents(budget)]
    latest = _latest(budget, filter(None, units))
    for unit in units:
        seen = (book.seen_by(unit), remarks.seen_by(unit)) if unit else (book, remarks)
        document = compose(*seen, edition)
        before = latest.get((document.scope, document.code))
        if correction is not None:
            document = _noted(document, correction, before)
        yield Packaged(
            document=document,
            digest=digest(disclosure_content(document)),
            number=1 if before is None else before.number + 1,
            replaces=before,
        )


def _latest(budget: DepartmentBudget, units: Iterable[str]) -> Mapping[tuple[Scope, str], Release]:
    """Return the latest release of the department's document and of its units', by whose it is."""
    codes = (budget.department_id, *units)
    found = Release.objects.filter(code__in=codes, year=budget.year_id).order_by("number")
    return {(each.scope, each.code): each for each in found.defer("content")}


def _noted(document: Disclosure, correction: Correction, before: Release | None) -> Disclosure:
    """Return a document with its 更正说明 on the cover."""
    which = "" if before is None else f"（更正第{before.number}版）"
    what, why = _bare(correction.public_what), _bare(correction.public_why)
    note = f"更正说明{which}：{what}。更正原因：{why}。"
    return replace(document, cover=(*document.cover, note))


def _bare(text: str) -> str:
    return text.strip().rstrip("。.；;")
