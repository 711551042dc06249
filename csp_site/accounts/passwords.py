"""Passwords that a list of common ones does not know, and that are guessed at once all the same."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

FEWEST = 5
"""Different letters in a password."""
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
OURS = ("community", "safety", "performance", "partnership", "stalbans", "password")
"""Words that anybody would try here."""


class VariedPassword:
    """Refuses one letter over and over, a short piece repeated, a row of the keyboard, and words of this very site."""

    def validate(self, password: str, user: Any = None) -> None:
        bare = password.casefold()
        if len(set(bare)) < FEWEST:
            raise ValidationError(f"Use at least {FEWEST} different letters, digits or signs.", code="too_few_letters")
        if _is_repeated(bare) or len(_rest(bare, _pieces_of_rows())) < 3:
            raise ValidationError("Do not repeat a piece or follow a row of the keyboard.", code="pattern")
        if len(_rest(bare, OURS)) <= FEWEST:
            raise ValidationError("Do not make it of words that stand on this site.", code="our_words")

    def get_help_text(self) -> str:
        return "No repeated piece, no row of the keyboard, no words of this site."


def _is_repeated(password: str) -> bool:
    """abcabcabcabc, and a common password twice: passwordpassword."""
    for length in range(1, len(password) // 2 + 1):
        piece, whole = password[:length], password
        if (piece * (len(whole) // length + 1))[: len(whole)] != whole:
            continue
        return length <= FEWEST or piece in CommonPasswordValidator().passwords
    return False


def _pieces_of_rows() -> tuple[str, ...]:
    """The rows, their reverses and their beginnings of four and more, the longest first."""
    both = [row for each in ROWS for row in (each, each[::-1])]
    pieces = {row[start:end] for row in both for start in range(len(row)) for end in range(start + 4, len(row) + 1)}
    return tuple(sorted(pieces, key=len, reverse=True))


def _rest(password: str, pieces: tuple[str, ...]) -> str:
    """What is left of a password without these pieces, and without blanks and signs between them."""
    for piece in pieces:
        password = password.replace(piece, "")
    return "".join(letter for letter in password if letter.isalnum())
