"""Rounding, printing, percentages and shares, against arithmetic on exact fractions."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.money import (
    LARGEST,
    WAN,
    YUAN,
    InexactAmount,
    fen,
    half_up,
    percent,
    shares,
    total,
    whole_or_full,
    written,
    yuan,
)

LARGEST_FEN = 999_999_999_999_999
whole_fen = st.integers(-LARGEST_FEN, LARGEST_FEN)
amounts = whole_fen.map(yuan)
printed_numbers = st.integers(-(10**12), 10**12).map(lambda number: Decimal(number).scaleb(-2))


def rounded(number: Fraction, places: int) -> Fraction:
    """Half away from zero, by its definition and on fractions."""
    scaled = abs(number) * 10**places
    nearest = Fraction(floor(scaled + Fraction(1, 2)), 10**places)
    return -nearest if number < 0 else nearest


# --- 分 and yuan -----------------------------------------------------------------------------


@given(whole_fen)
def test_every_whole_number_of_fen_survives_the_way_to_yuan_and_back(amount: int) -> None:
    assert fen(yuan(amount)) == amount
    assert Fraction(yuan(amount)) == Fraction(amount, 100)


@pytest.mark.parametrize(
    "amount",
    ["0.001", "-0.005", "1561.091", "9999999999999.991", "10000000000000", "-10000000000000.00"],
)
def test_finer_or_larger_amounts_are_refused(amount: str) -> None:
    with pytest.raises(InexactAmount, match="金额"):
        fen(Decimal(amount))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(InexactAmount):
        fen(Decimal(amount))


def test_trailing_zeros_do_not_make_an_amount_finer() -> None:
    assert fen(Decimal("1.5000")) == 150


def test_the_largest_amount_is_storable_with_either_sign() -> None:
    assert fen(LARGEST) == LARGEST_FEN
    assert fen(-LARGEST) == -LARGEST_FEN


# --- half up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        # Ties go away from zero, in both directions, whether the digit before is odd or even.
        ("0.005", 2, "0.01"),
        ("0.015", 2, "0.02"),
        ("0.025", 2, "0.03"),
        ("-0.005", 2, "-0.01"),
        ("-0.025", 2, "-0.03"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        # Just under a tie stays down, however near.
        ("0.0049999999999999999999", 2, "0.00"),
        ("-0.00499999", 2, "0.00"),
        # 1.005, 2.675, 1.115 are below their ties as binary fractions; as decimals they are ties.
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
        ("1.115", 2, "1.12"),
        # A carry runs through all nines.
        ("999.995", 2, "1000.00"),
        ("9999999999999.995", 2, "10000000000000.00"),
    ],
)
def test_half_up_by_hand(number: str, places: int, expected: str) -> None:
    assert str(half_up(Decimal(number), places)) == expected


@given(st.integers(-(10**24), 10**24), st.integers(0, 8), st.integers(0, 4))
def test_half_up_is_rounding_of_fractions(digits: int, exponent: int, places: int) -> None:
    number = Decimal(digits).scaleb(-exponent)
    assert Fraction(half_up(number, places)) == rounded(Fraction(number), places)


@given(amounts, st.integers(0, 2))
def test_rounding_is_the_same_below_zero_and_above(amount: Decimal, places: int) -> None:
    assert half_up(-amount, places) == -half_up(amount, places)


@given(amounts)
def test_zero_never_has_a_minus(amount: Decimal) -> None:
    assert not str(half_up(amount / 10**16, 2)).startswith("-0.00")


def test_rounding_does_not_depend_on_the_precision_around_it() -> None:
    with localcontext() as context:
        context.prec = 5
        assert str(half_up(Decimal("9999999999999.995"), 2)) == "10000000000000.00"


# --- printing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("15610900", "1,561.09"),
        ("15610949.99", "1,561.09"),
        ("15610950.00", "1,561.10"),
        ("50", "0.01"),
        ("49.99", "0.00"),
        ("-49.99", "0.00"),
        ("-50", "-0.01"),
        ("0", "0.00"),
        ("9999999999999.99", "1,000,000,000.00"),
    ],
)
def test_wan_by_hand(amount: str, text: str) -> None:
    assert WAN.text(Decimal(amount), grouped=True) == text


@given(amounts)
def test_printed_wan_is_the_exact_amount_rounded_once(amount: Decimal) -> None:
    assert Fraction(WAN.printed(amount)) == rounded(Fraction(amount) / 10_000, 2)


@given(amounts)
def test_printed_yuan_is_the_amount_itself(amount: Decimal) -> None:
    assert YUAN.printed(amount) == amount


@given(st.integers(-(10**11), 10**11))
def test_multiples_of_a_hundred_yuan_print_without_loss(hundreds: int) -> None:
    amount = Decimal(hundreds * 100)
    assert WAN.in_yuan(WAN.printed(amount)) == amount


@given(amounts)
def test_text_is_the_number_with_or_without_separators(amount: Decimal) -> None:
    grouped, plain = WAN.text(amount, grouped=True), WAN.text(amount, grouped=False)
    assert grouped.replace(",", "") == plain
    assert Decimal(plain) == WAN.printed(amount)
    assert len(plain.rpartition(".")[2]) == 2
    assert "E" not in plain


@pytest.mark.parametrize(
    ("printed", "text"),
    [("35.00", "35"), ("0.00", "0"), ("35.50", "35.50"), ("1200.00", "1200"), ("-3.00", "-3")],
)
def test_whole_numbers_in_text_drop_their_zeros(printed: str, text: str) -> None:
    assert whole_or_full(Decimal(printed)) == text


def test_separators_stand_at_every_thousand() -> None:
    assert written(Decimal("1234567.80"), grouped=True) == "1,234,567.80"


# --- percentages and shares ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "base", "expected"),
    [
        ("162.77", "1398.32", "11.64"),  # 11.6404…
        ("8.07", "70.42", "11.46"),  # 11.4598…
        ("1", "3", "33.33"),
        ("2", "3", "66.67"),
        ("1", "800", "0.13"),  # 0.125, a tie
        ("-1", "800", "-0.13"),
        ("0", "5", "0.00"),
        ("5", "5", "100.00"),
    ],
)
def test_percentages_by_hand(part: str, base: str, expected: str) -> None:
    assert str(percent(Decimal(part), Decimal(base))) == expected


def test_a_percentage_of_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        percent(Decimal(1), Decimal("0.00"))


@given(printed_numbers, printed_numbers.filter(bool))
def test_a_percentage_is_the_exact_ratio_rounded_once(part: Decimal, base: Decimal) -> None:
    exact = Fraction(part) / Fraction(base) * 100
    assert Fraction(percent(part, base)) == rounded(exact, 2)


positive_parts = st.lists(
    st.integers(0, 10**12).map(lambda number: Decimal(number).scaleb(-2)), min_size=1, max_size=40
)


@given(positive_parts.filter(any))
def test_shares_add_up_to_a_hundred_and_stay_near_the_truth(parts: list[Decimal]) -> None:
    found = shares(parts)
    assert total(found) == 100
    exact = [Fraction(part) / Fraction(total(parts)) * 100 for part in parts]
    moved = [
        place
        for place, (share, true) in enumerate(zip(found, exact, strict=True))
        if Fraction(share) != rounded(true, 2)
    ]
    assert moved in ([], [parts.index(max(parts))])


@given(positive_parts)
def test_shares_follow_the_order_of_parts(parts: list[Decimal]) -> None:
    assert len(shares(parts)) == len(parts)


def test_shares_of_nothing_are_zero() -> None:
    assert shares([]) == ()
    assert [str(share) for share in shares([Decimal(0), Decimal(0)])] == ["0.00", "0.00"]


def test_the_first_of_equal_parts_takes_the_residue() -> None:
    # 1/7 = 14.2857 % → 14.29; seven times 14.29 is 100.03, so the first gives up 0.03.
    assert [str(share) for share in shares([Decimal(1)] * 7)] == ["14.26", *["14.29"] * 6]


# --- sums ------------------------------------------------------------------------------------


@given(st.lists(whole_fen, max_size=60))
def test_sums_are_exact_whatever_their_order(numbers: list[int]) -> None:
    exact = Fraction(sum(numbers), 100)
    assert Fraction(total(yuan(number) for number in numbers)) == exact
    assert Fraction(total(yuan(number) for number in sorted(numbers))) == exact


def test_the_sum_of_nothing_is_zero() -> None:
    assert total([]) == Decimal(0)
