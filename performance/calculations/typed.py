"""Counts as people type them into a box.

Our own reading, in ASCII digits: Python's and Django's would take `1_898`, full-width and Arabic digits and `+5` for
numbers, and "1,89" for 189.
"""

from __future__ import annotations

import re

from .figures import NoFigure

LONGEST = 9
"""Digits of the highest count that can be held: 999,999,999."""

_PLAIN = re.compile(r"[0-9]+", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+", re.ASCII)
_DECIMAL = re.compile(r"[0-9,]*\.[0-9]+|[0-9,]+\.", re.ASCII)
_SPACES = " \t\r\n\u00a0\u2007\u2009\u202f"
_MINUSES = "-\u2212\u2010\u2011\u2012\u2013"

_NO_FIGURE = {
    NoFigure.NOT_YET_AVAILABLE: ("nya", "n.y.a.", "not yet available", "tbc", "tba", "awaited", "pending", "late"),
    NoFigure.NOT_APPLICABLE: ("n/a", "na", "n.a.", "not applicable", "[z]", "z"),
    NoFigure.WITHHELD: ("[c]", "c", "withheld", "suppressed"),
}
_WITHOUT_REASON = ("..", "...", "…", "-", "−", "–", "—", ":", "[x]", "x", "*", "?", "nil return", "none", "missing")
_REASONS = {text: reason for reason, texts in _NO_FIGURE.items() for text in texts}


class NotACountError(ValueError):
    """What was typed is not a count. The message says what to do; `reason` is the one that the words name, if any."""

    def __init__(self, message: str, reason: NoFigure | None = None) -> None:
        super().__init__(message)
        self.reason = reason


def read_count(text: str) -> int | None:
    """The count that was typed, None for an empty box; NotACountError, in words for the person, for anything else.

    Commas may stand where thousands end and nowhere else; spaces around the number, no-break ones too, do not matter;
    one leading minus, of any kind, makes the count negative. An empty box is never 0, and neither is "-" or "nil".
    """
    typed = text.strip(_SPACES)
    if not typed:
        return None
    sign, digits = (-1, typed[1:].lstrip(_SPACES)) if typed[0] in _MINUSES and len(typed) > 1 else (1, typed)
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        raise _refusal(typed, digits)
    number = digits.replace(",", "").lstrip("0") or "0"
    if len(number) > LONGEST:
        raise NotACountError(f"“{shortened(typed)}” is too high. The highest count that can be held is 999,999,999.")
    return sign * int(number)


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
