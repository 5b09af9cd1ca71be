"""How much of what is wrong the rules find: single mutations of documents, without a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from budget.disclosure import compose
from budget.document import Disclosure
from budget.edition import EDITIONS
from budget.imports.sample_files import read_sample
from budget.rules.checking import Found, check
from budget.rules.printed import Subject, exactness
from budget.tests.mutating import KINDS, Mutation, mutations
from budget.tests.samples import CODES, SAMPLE, declared

pytestmark = pytest.mark.long

DOCUMENTS = (
    ("157-2023", "changsha-2023", None),
    ("501-2026", "changsha-2023", None),
    ("501-2026", "shanghai-district-2026", None),
    ("501-2026", "shanghai-district-2026", "501003"),
    ("501-2026", "national-2016", None),
)
WANTED = 0.99


def written(sample: str, edition: str, unit: str | None) -> Disclosure:
    declared()
    read = read_sample(SAMPLE.parent / sample, CODES)
    book, remarks = read.book, read.remarks
    if unit:
        book, remarks = book.seen_by(unit), remarks.seen_by(unit)
    return compose(book, remarks, EDITIONS[edition])


def told(document: Disclosure) -> Counter[str]:
    """Return what the rules find, each finding by its rule and its two sides."""
    edition = EDITIONS[document.edition]
    subject = Subject(document, edition, exactness(document, edition))
    return Counter(map(identity, check(subject).found))


def identity(found: Found) -> str:
    finding = found.finding
    right = finding.right.text if finding.right else ""
    return f"{found.rule.code} {finding.where} {finding.left.text} {right}"


def mutated(each: int, seed: int) -> Iterator[tuple[Mutation, bool]]:
    """Yield so many mutations of each document, and whether anything new is found."""
    for name, edition, unit in DOCUMENTS:
        document = written(name, edition, unit)
        before = told(document)
        for mutation in mutations(document, Random(seed), each):
            yield mutation, bool(told(mutation.document) - before)


def assert_found(each: int, seed: int) -> None:
    results = list(mutated(each, seed))
    missed = [f"{mutation.kind}: {mutation.told}" for mutation, found in results if not found]
    share = 1 - len(missed) / len(results)
    assert share >= WANTED, f"{share:.3f} of {len(results)}; missed:\n" + "\n".join(missed)


def test_what_is_wrong_is_found() -> None:
    assert_found(each=40, seed=2023)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_what_is_wrong_is_found_in_many_tries(seed: int) -> None:
    assert_found(each=200, seed=seed)


def test_every_kind_of_mutation_is_made() -> None:
    document = written(*DOCUMENTS[1])
    made = {mutation.kind for mutation in mutations(document, Random(1), 3 * len(KINDS))}
    assert len(made) == len(KINDS)


def test_a_mutation_changes_the_document() -> None:
    document = written(*DOCUMENTS[0])
    for mutation in mutations(document, Random(7), 40):
        assert mutation.document != document, mutation.told
