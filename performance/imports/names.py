"""Which category a row of somebody's sheet is about: by its name as others write it, or by its offence codes.

Standard library only. A name that is only like a category's is a suggestion for a question and never an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Known:
    """A category of the partnership, as far as a sheet may speak of it. `parts` are the numbers of a total's.

    `titles` are what its offence codes are called: each may be a part of it only, so they are good for a question.
    """

    pk: int
    name: str
    also: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A category and how it was found: by "name", by "code 45", or "remembered"."""

    pk: int
    how: str


_PHRASES = (
    (r"\bunauthorised taking\b|\bor taking\b", ""),
    (r"\bmotor vehicles?\b|\bm/?v\b|\bmotor veh\b", "vehicle"),
    (r"\bpedal cycles?\b|\bbicycles?\b|\bp/c\b", "cycle"),
    (r"\bagg\b\.?", "aggravated"),
    (r"\bveh\b\.?", "vehicle"),
    (r"\btomv\b", "theft of vehicle"),
    (r"\btfmv\b", "theft from vehicle"),
    (r"\bcrim(?:inal)?\.? dam(?:age)?\b", "criminal damage"),
    (r"\binterfer(?:ing|ence) with\b", "interference"),
    (r"\bin a dwelling\b", "dwelling"),
    (r"\bnon-dwelling\b|\bother than (?:in )?a? ?dwelling\b", "non dwelling"),
    (r"\banti-? ?social\b", "antisocial"),
    (r"\basb\b", "antisocial behaviour"),
    (r"\babcs?\b", "acceptable behaviour contract"),
    (r"\basbos?\b", "antisocial behaviour order"),
    (r"\brtcs?\b|\broad traffic (?:collision|accident)s?\b", "road"),
    (r"^(?:number|no\.?|count|total number) of\b", ""),
    (r"&", " and "),
)
_SMALL = {"a", "an", "the", "or", "in", "and", "offence", "recorded", "incident"}
_SAME = {
    frozenset(first.split()): frozenset(second.split())
    for first, second in (
        ("burglary dwelling", "domestic burglary"),
        ("burglary house", "domestic burglary"),
        ("burglary non dwelling", "burglary of other premise"),
        ("burglary other", "burglary of other premise"),
        ("non domestic burglary", "burglary of other premise"),
        ("burglary other building", "burglary of other premise"),
        ("cycle theft", "theft of cycle"),
        ("personal robbery", "robbery"),
        ("robbery of personal property", "robbery"),
        ("vehicle interference tampering", "vehicle interference"),
        ("fire accidental dwelling", "accidental dwelling fire"),
        ("adf", "accidental dwelling fire"),
        ("dv", "domestic violence"),
    )
}


def words_of(name: str) -> frozenset[str]:
    """The words of a name that count: without capitals, punctuation, plural and small words, in any order."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", name.casefold()).strip()
    text = re.sub(r"^(?:[0-9]{1,2}|[a-z])[.)] ", "", text)  # the numbering of a list
    for pattern, instead in _PHRASES:
        text = re.sub(pattern, instead, text)
    words = [_singular(word) for word in re.findall(r"[a-z0-9]+", text)]
    found = frozenset(word for word in words if word not in _SMALL)
    return _SAME.get(found, found)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_CODE = re.compile(r"[0-9]{1,3}[a-z]{0,2}(?:\.[0-9]{1,2})?", re.IGNORECASE)


def codes_in(text: str) -> tuple[str, ...]:
    """The offence codes in a cell: "28, 29", "5 & 8", "105A/105B"; none where anything else stands there."""
    parts = [part for part in re.split(r"[\s,;/&+]+|\band\b", text.strip()) if part]
    parts = [part.upper() for part in parts]
    return tuple(parts) if parts and all(_CODE.fullmatch(part) for part in parts) else ()


@dataclass(frozen=True)
class Catalogue:
    """What a return asks for, in the order of its page, and what else a sheet may name.

    `asked` are the numbers of the categories whose figures are entered here by this person; `areas` the names under
    which the partnership's own area goes; `remembered` the words of names that were matched by somebody before.
    """

    known: tuple[Known, ...]
    asked: tuple[int, ...]
    areas: tuple[str, ...] = ()
    other_areas: tuple[str, ...] = ()
    remembered: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names: dict[frozenset[str], int] = {}
        for each in self.known:
            for name in (*each.also, each.name):
                names[words_of(name)] = each.pk
        codes: dict[str, set[int]] = {}
        for each in self.known:
            for code in each.codes:
                codes.setdefault(code.upper(), set()).add(each.pk)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_codes", codes)
        object.__setattr__(self, "_by_pk", {each.pk: each for each in self.known})

    _names: Mapping[frozenset[str], int] = field(init=False, repr=False, compare=False)
    _codes: Mapping[str, set[int]] = field(init=False, repr=False, compare=False)
    _by_pk: Mapping[int, Known] = field(init=False, repr=False, compare=False)

    def __getitem__(self, pk: int) -> Known:
        return self._by_pk[pk]

    def named(self, name: str) -> Match | None:
        """The category of a name, as it was remembered or as it is written here or elsewhere."""
        if (pk := self.remembered.get(remembered_as(name))) is not None and pk in self._by_pk:
            return Match(pk, "remembered")
        words = words_of(name)
        pk = self._names.get(words) if words else None
        return Match(pk, "name") if pk is not None else None

    def coded(self, text: str) -> Match | None:
        """The one category that counts all the codes in a cell."""
        codes = codes_in(text)
        found = [self._codes.get(code, set()) for code in codes]
        common = set.intersection(*found) if found else set()
        if len(common) != 1:
            return None
        return Match(common.pop(), f"code {codes[0]}" if len(codes) == 1 else f"codes {' and '.join(codes)}")

    def knows_code(self, text: str) -> bool:
        return any(code in self._codes for code in codes_in(text))

    def like(self, name: str) -> int | None:
        """The category of which a name that is not known speaks most likely, if any: for a question."""
        words = words_of(name)
        leaves = [each for each in self.known if not each.parts]
        if not words or not leaves:
            return None
        best = max(leaves, key=lambda each: _likeness(words, each))
        return best.pk if _likeness(words, best) >= 0.5 else None


def _likeness(words: frozenset[str], category: Known) -> float:
    """From 0 to 1: how many of the words are shared, or how alike the letters are where that is much."""
    return max(_alike(words, words_of(name)) for name in (category.name, *category.also, *category.titles))


def _alike(words: frozenset[str], own: frozenset[str]) -> float:
    telling = {"of", "from", "other"}
    shared = len((words & own) - telling) / max(len((words | own) - telling), 1)
    letters = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(own))).ratio()
    return max(shared, letters if letters > 0.75 else 0.0)


def remembered_as(name: str) -> str:
    """The form in which a name is remembered."""
    return " ".join(sorted(words_of(name)))[:200] or name.casefold().strip()[:200]


_AREA_WORDS = {
    "the", "csp", "cdrp", "district", "council", "city", "and", "borough", "community", "safety", "partnership", "of",
}  # fmt: skip


def area_words(name: str) -> frozenset[str]:
    """The words of an area's name, without what it is: "St. Albans CSP" and "St Albans" are one."""
    text = name.casefold().replace("’", "'").replace("saint ", "st ")
    return frozenset(word for word in re.findall(r"[a-z]+", text) if word not in _AREA_WORDS)
