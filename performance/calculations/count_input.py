"""Numbers as people type them into a box, paste them or have them in a file: counts, amounts and percentages.

Our own reading, in ASCII digits: Python's and Django's would take `1_898`, full-width and Arabic digits and `+5` for
numbers, and "1,89" for 189.
"""

from __future__ import annotations

import re
from decimal import Decimal

from .figures import NoFigure

LONGEST = 9
"""Digits of the highest count that can be held: 999,999,999."""

_PLAIN = re.compile(r"[0-9]+", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+", re.ASCII)
_DECIMAL = re.compile(r"[0-9,]*\.[0-9]+|[0-9,]+\.", re.ASCII)
_WHOLE_WITH_POINT = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.0{1,2}", re.ASCII)
_WITH_PLACES = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?", re.ASCII)
_SPACED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f'’][0-9]{3})+", re.ASCII)
_SPACES = " \t\r\n\u00a0\u2007\u2009\u202f"
_MINUSES = "-\u2212\u2010\u2011\u2012\u2013"

_NO_FIGURE = {
    NoFigure.NOT_YET_AVAILABLE: ("nya", "n.y.a.", "not yet available", "tbc", "tba", "awaited", "pending", "late"),
    NoFigure.NOT_APPLICABLE: ("n/a", "na", "n.a.", "not applicable", "[z]", "z"),
    NoFigure.WITHHELD: ("[c]", "c", "withheld", "suppressed"),
}
_WITHOUT_REASON = (
    "..",
    "...",
    "…",
    "-",
    "−",
    "–",
    "—",
    ":",
    "[x]",
    "x",
    "*",
    "?",
    "nil",
    "nil return",
    "none",
    "missing",
)
_REASONS = {text: reason for reason, texts in _NO_FIGURE.items() for text in texts}


class NotACountError(ValueError):
    """What was typed is not a count. The message says what to do; `reason` is the one that the words name, if any."""

    def __init__(self, message: str, reason: NoFigure | None = None) -> None:
        super().__init__(message)
        self.reason = reason


def read_count(text: str) -> int | None:
    """The count that was typed, None for an empty box; NotACountError, in words for the person, for anything else.

    Commas may stand where thousands end and nowhere else; spaces around the number, no-break ones too, do not matter;
    one leading minus, of any kind, makes the count negative. "1148.00", as spreadsheets show a count, is 1,148; a third
    place would make "1.000" out of a thousand, so it is refused. An empty box is never 0, and neither is "-" or "nil".
    """
    typed = text.strip(_SPACES)
    if not typed:
        return None
    sign, digits = _signed(typed)
    if match := _WHOLE_WITH_POINT.fullmatch(digits):
        digits = match[1]
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        raise _refusal(typed, digits)
    number = digits.replace(",", "").lstrip("0") or "0"
    if len(number) > LONGEST:
        raise NotACountError(f"“{shortened(typed)}” is too high. The highest count that can be held is 999,999,999.")
    return sign * int(number)


def _signed(typed: str) -> tuple[int, str]:
    """−1 and what stands after a minus of any kind; 1 and the text where there is none."""
    if typed[0] in _MINUSES and len(typed) > 1:
        return -1, typed[1:].lstrip(_SPACES)
    return 1, typed


def reason_in(text: str) -> NoFigure | None:
    """Why there is no figure, where the words name it: "NYA", "n/a", "[c]"."""
    return _REASONS.get(text.strip(_SPACES).casefold())


def is_count_or_none(text: str) -> bool:
    """Whether a text is a count, or one of the ways in which people write that there is none."""
    if reason_in(text) is not None or text.strip(_SPACES).casefold() in _WITHOUT_REASON:
        return True
    return count_or_none(text) is not None


def count_or_none(text: str) -> int | None:
    """The count of a text, None where it is none."""
    try:
        return read_count(text)
    except NotACountError:
        return None


def is_without_reason(text: str) -> bool:
    """Whether a text says that there is no figure and not why: "-", "..", "none"."""
    return text.strip(_SPACES).casefold() in _WITHOUT_REASON


class NotANumberError(ValueError):
    """What was typed is not a number. The message says what to do."""


def read_decimal(text: str, *, places: int) -> Decimal | None:
    """An amount or a percentage with so many places at most; None for an empty box, NotANumberError for the rest.

    A pound sign before it and a per cent sign after it do not matter. Commas stand where thousands end, as in a count:
    "4,5" is neither 45 nor 4.5.
    """
    typed = text.strip(_SPACES)
    if not typed:
        return None
    sign, unsigned = _signed(typed)
    digits = unsigned.removeprefix("£").removesuffix("%").strip(_SPACES)
    shown = shortened(typed)
    if not _WITH_PLACES.fullmatch(digits):
        raise NotANumberError(_decimal_refusal(shown, digits))
    number = Decimal(digits.replace(",", ""))
    whole, _, decimals = digits.partition(".")
    if len(decimals) > places:
        raise NotANumberError(f"“{shown}” has too many decimal places. Up to {places} can be held.")
    if len(whole.replace(",", "").lstrip("0")) > LONGEST:
        raise NotANumberError(f"“{shown}” is too high. The highest number that can be held is 999,999,999.")
    return sign * number


def _decimal_refusal(shown: str, digits: str) -> str:
    if re.fullmatch(r"[0-9,]+", digits, re.ASCII) and "," in digits:
        return f"“{shown}” has a comma in an odd place. Write thousands like 1,148 and decimals like 4.5."
    return f"“{shown}” is not a number. Write it with digits, like 1148 or 4.5."


def _refusal(typed: str, digits: str) -> NotACountError:
    shown = shortened(typed)
    words = typed.casefold()
    if words in _REASONS:
        reason = _REASONS[words]
        return NotACountError(f"“{shown}” is not a number. If there is no figure, choose “{_label(reason)}”.", reason)
    if words in _WITHOUT_REASON:
        return NotACountError(f"“{shown}” is not a number. Enter a whole number, or choose why there is none.")
    if _DECIMAL.fullmatch(digits):
        return NotACountError(f"“{shown}” is not a whole number. Crimes are counted whole.")
    if _SPACED.fullmatch(digits):
        plain = re.sub(r"[^0-9]", "", digits)
        return NotACountError(f"“{shown}” has something other than a comma in it. Write it like 1,148 or {plain}.")
    if typed.startswith("="):
        return NotACountError(f"“{shown}” is a formula. Paste the number that it gives.")
    if typed.endswith("%"):
        return NotACountError(f"“{shown}” is a percentage. Enter the count.")
    if "," in digits and digits.replace(",", "").isascii() and digits.replace(",", "").isdigit():
        return NotACountError(f"“{shown}” has a comma in an odd place. Write it like 1,148 or 1148.")
    return NotACountError(f"“{shown}” is not a whole number. Enter digits only, or choose why there is no figure.")


def _label(reason: NoFigure) -> str:
    return reason.words[:1].upper() + reason.words[1:]


def shortened(text: str, most: int = 20) -> str:
    """What was typed, fit for a message: control characters out, the rest of a long text left off."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return printable if len(printable) <= most else f"{printable[:most]}…"
