"""Numbers as people type them: what each spelling becomes."""

from __future__ import annotations

from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.count_input import (
    NotACountError,
    NotANumberError,
    is_count_or_none,
    is_without_reason,
    read_count,
    read_decimal,
    reason_in,
    shortened,
)
from performance.calculations.figures import NoFigure

NUMBERS = [
    ("0", 0), ("00", 0), ("7", 7), ("007", 7), ("1148", 1148), ("1,148", 1148), (" 1148 ", 1148), ("\t1,148\n", 1148),
    ("\u00a01,148\u00a0", 1148), ("\u202f12", 12), ("\u200912\u2007", 12), ("12,345,678", 12_345_678),
    ("999,999,999", 999_999_999), ("999999999", 999_999_999), ("0000000000012", 12), ("100", 100),
    ("-3", -3), ("−3", -3), ("–3", -3), ("‐3", -3), ("‑3", -3), ("- 3", -3), ("−1,148", -1148), ("-0", 0),
    ("1148.00", 1148), ("1,148.00", 1148), ("12.0", 12), ("−3.0", -3), ("0.00", 0),
]  # fmt: skip
EMPTY = ["", " ", "   ", "\t", "\n", "\u00a0", "\u202f \u2009"]
REASONS = [
    ("n/a", NoFigure.NOT_APPLICABLE), ("N/A", NoFigure.NOT_APPLICABLE), ("NA", NoFigure.NOT_APPLICABLE),
    ("[z]", NoFigure.NOT_APPLICABLE), ("not applicable", NoFigure.NOT_APPLICABLE),
    ("NYA", NoFigure.NOT_YET_AVAILABLE), ("nya", NoFigure.NOT_YET_AVAILABLE), ("tbc", NoFigure.NOT_YET_AVAILABLE),
    ("awaited", NoFigure.NOT_YET_AVAILABLE), ("[c]", NoFigure.WITHHELD), ("Suppressed", NoFigure.WITHHELD),
]  # fmt: skip
REFUSED = [
    ("..", "choose why there is none"), ("…", "choose why there is none"), ("-", "choose why there is none"),
    ("−", "choose why there is none"), ("–", "choose why there is none"), (":", "choose why there is none"),
    ("[x]", "choose why there is none"), ("none", "choose why there is none"), ("?", "choose why there is none"),
    ("12.5", "counted whole"), ("12.05", "counted whole"), ("12.", "counted whole"), (".5", "counted whole"),
    ("1,148.000", "counted whole"), ("1.148", "counted whole"), ("-0.5", "counted whole"),
    ("1,89", "comma in an odd place"), ("1148,", "comma in an odd place"), (",148", "comma in an odd place"),
    ("1,1,48", "comma in an odd place"), ("11,48", "comma in an odd place"), ("0,000,0", "comma in an odd place"),
    ("=SUM(A1:A3)", "is a formula"), ("=12", "is a formula"), ("12%", "is a percentage"),
    ("1000000000", "too high"), ("1,000,000,000", "too high"), ("−1000000000", "too high"), ("9" * 40, "too high"),
    ("1_898", "Enter digits only"), ("+5", "Enter digits only"), ("1 148", "1,148 or 1148"),
    ("1\u00a0148", "1,148 or 1148"), ("１２", "Enter digits only"), ("١٢", "Enter digits only"),
    ("twelve", "Enter digits only"), ("1e3", "Enter digits only"), ("0x10", "Enter digits only"),
    ("12a", "Enter digits only"), ("--3", "Enter digits only"), ("3-", "Enter digits only"),
    ("(3)", "Enter digits only"), ("²", "Enter digits only"),
    ("£12", "Enter digits only"), ("12\x00", "Enter digits only"), ("12 13", "Enter digits only"),
    ("1’148", "1,148 or 1148"), ("O", "Enter digits only"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_number(text: str, number: int) -> None:
    assert read_count(text) == number


@pytest.mark.parametrize("text", EMPTY)
def test_an_empty_box_is_no_figure_and_never_nought(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_words_that_name_a_reason(text: str, reason: NoFigure) -> None:
    with pytest.raises(NotACountError, match="choose “") as refused:
        read_count(text)
    assert refused.value.reason is reason


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_what_is_no_number_is_told_what_to_do(text: str, words: str) -> None:
    with pytest.raises(NotACountError, match=words) as refused:
        read_count(text)
    assert refused.value.reason is None
    assert len(str(refused.value)) < 120
    assert str(refused.value).isprintable()


def test_the_list_is_long_enough() -> None:
    assert len({*(text for text, _ in (*NUMBERS, *REASONS, *REFUSED)), *EMPTY}) >= 60


@given(st.integers(-999_999_999, 999_999_999))
def test_every_count_is_read_back_as_it_is_written(count: int) -> None:
    assert read_count(f" {count:,} ") == read_count(str(count).replace("-", "−")) == count


@given(st.text(max_size=30))
def test_anything_is_a_count_nothing_or_a_message(text: str) -> None:
    try:
        found = read_count(text)
    except NotACountError:
        return
    assert found is None or abs(found) <= 999_999_999


def test_a_long_text_is_shortened_for_its_message() -> None:
    assert shortened("x" * 30) == "x" * 20 + "…"
    assert shortened("a\nb") == "a b"


AMOUNTS = [
    ("0", "0"), ("12500", "12500"), ("12,500", "12500"), ("£12,500", "12500"), ("12,500.5", "12500.5"), ("4.5", "4.5"),
    (" 43.5 % ", "43.5"), ("12.50", "12.50"), ("−5", "-5"), ("-0.5", "-0.5"), ("1,234,567.89", "1234567.89"),
]  # fmt: skip
NO_AMOUNTS = [
    ("4,5", "comma in an odd place"), ("12,50", "comma in an odd place"), ("1,1", "comma in an odd place"),
    ("12,5.0", "not a number"), ("1e5", "not a number"), ("1.234", "too many decimal places"), ("١٢", "not a number"),
    ("1_000", "not a number"), ("+5", "not a number"), ("Infinity", "not a number"), ("NaN", "not a number"),
    ("12 500", "not a number"), ("1234567890", "too high"), ("--5", "not a number"), (".5", "not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), AMOUNTS)
def test_an_amount(text: str, number: str) -> None:
    assert read_decimal(text, places=2) == Decimal(number)


@pytest.mark.parametrize(("text", "words"), NO_AMOUNTS)
def test_what_is_no_amount_is_told_what_to_do(text: str, words: str) -> None:
    with pytest.raises(NotANumberError, match=words):
        read_decimal(text, places=2)


@given(st.decimals(-(10**8), 10**8, places=2, allow_nan=False))
def test_every_amount_is_read_back_as_it_is_written(amount: Decimal) -> None:
    assert read_decimal(f"{amount:,}", places=2) == read_decimal(str(amount), places=2) == amount


@given(st.text(max_size=30))
def test_anything_is_an_amount_nothing_or_a_message(text: str) -> None:
    try:
        found = read_decimal(text, places=1)
    except NotANumberError:
        return
    assert found is None or abs(found) < 10**9


def test_words_for_no_figure_are_told_from_numbers_and_from_other_words() -> None:
    assert reason_in(" NYA ") is NoFigure.NOT_YET_AVAILABLE
    assert [is_without_reason(text) for text in ("-", "..", "nil", "n/a", "0")] == [True, True, True, False, False]
    assert [is_count_or_none(text) for text in ("12", "NYA", "-", "Robbery", "")] == [True, True, True, False, False]
