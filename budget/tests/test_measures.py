"""Measures: told apart by their titles, since people choose them by these."""

from collections import Counter

from budget.measures.registry import MEASURES
from budget.money import YUAN
from budget.sheets.part import Part
from budget.sheets.s85_prior import PRIOR
from budget.tests.samples import declared


def test_no_two_measures_have_one_title() -> None:
    declared()
    titles = Counter(measure.title for measure in MEASURES.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_each_measure_that_last_years_figures_offer_is_read_back() -> None:
    declared()
    kind, nobody = PRIOR.by_key["measure"].kind, Part.__new__(Part)
    for code in MEASURES:
        assert kind.read(kind.show(code, nobody, YUAN), nobody, YUAN) == code
