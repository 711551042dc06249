"""The stretch of a series that a test or a forecast may learn from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .periods import FinancialYear, Quarter
from .series import Series

RECENT = 12
"""Quarters whose mean says how large a series is."""
PROFILE_YEARS = 3
"""Whole years, the last ones, from which the season is taken."""
_PRIOR_A_QUARTER, _PRIOR = 250, 1_000
"""Offences added to the season's count, spread evenly: a small series has nearly even quarters."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What share of a year each quarter has, Q1 first; the four add up to 1 exactly.

    `counts` are the offences of each quarter over `years`, from which the shares were taken.
    """

    shares: tuple[Fraction, Fraction, Fraction, Fraction]
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    years: tuple[FinancialYear, ...] = ()

    def share(self, quarter: Quarter) -> Fraction:
        return self.shares[quarter.number - 1]

    @classmethod
    def of(cls, counts: tuple[int, int, int, int], years: tuple[FinancialYear, ...] = ()) -> Profile:
        """(count of the quarter + 250) ÷ (all + 1,000): the season, drawn towards a quarter each."""
        if min(counts) < 0:
            raise ValueError("The season is taken from counts of 0 or more.")
        whole = sum(counts) + _PRIOR
        first, second, third, fourth = (Fraction(count + _PRIOR_A_QUARTER, whole) for count in counts)
        return cls((first, second, third, fourth), counts, years)


EVEN_PROFILE = Profile.of((0, 0, 0, 0))
"""A quarter each: where no whole year is held."""


@dataclass(frozen=True, slots=True)
class History:
    """The counts of quarters that follow each other without a gap, the oldest first.

    `is_cut_by_gap` says that figures from before a missing quarter are held too and were left out.
    """

    first: Quarter
    counts: tuple[int, ...]
    is_cut_by_gap: bool = False

    @classmethod
    def of(cls, series: Series, last: Quarter, since: Quarter | None = None) -> History:
        """The quarters up to `last`, back to the first gap, and not past `since`, the last recording change.

        Empty, and then beginning after `last`, where `last` itself has no figure.
        """
        counts: list[int] = []
        quarter = last
        while (since is None or quarter >= since) and (count := series.quarter(quarter).known) is not None:
            counts.append(count)
            quarter -= 1
        reaches_change = since is not None and quarter < since
        earlier = (each for each, figure in series.figures.items() if each < quarter and figure.known is not None)
        is_cut = not reaches_change and any(since is None or each >= since for each in earlier)
        return cls(quarter + 1, tuple(reversed(counts)), is_cut)

    @classmethod
    def all_of(cls, counts: Mapping[Quarter, int], changes: Collection[Quarter] = ()) -> list[History]:
        """Every stretch of some counts without a gap, each cut where a change in recording begins; the oldest first."""
        stretches: list[list[Quarter]] = []
        for quarter in sorted(counts):
            if stretches and stretches[-1][-1] + 1 == quarter and quarter not in changes:
                stretches[-1].append(quarter)
            else:
                stretches.append([quarter])
        return [cls(stretch[0], tuple(counts[quarter] for quarter in stretch)) for stretch in stretches]

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def next_quarter(self) -> Quarter:
        """The first quarter after the history."""
        return self.first + len(self.counts)

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        return tuple(self.first + number for number in range(len(self.counts)))

    def before(self, quarter: Quarter) -> History:
        """The part that lies before a quarter."""
        kept = bisect_left(self.quarters, quarter)
        return History(self.first, self.counts[:kept], self.is_cut_by_gap)

    @property
    def recent_mean(self) -> float | None:
        """The mean of the last twelve quarters, or of as many as there are; None where there are none."""
        recent = self.counts[-RECENT:]
        return sum(recent) / len(recent) if recent else None

    @property
    def profile(self) -> Profile:
        """The season of the last three whole years; of fewer where fewer are held, an even one without any.

        A year with a negative quarter (crimes cancelled later) has no season and is left out.
        """
        usable = [begins for begins in self._year_starts if min(self.counts[begins : begins + 4]) >= 0]
        last = usable[-PROFILE_YEARS:]
        first, second, third, fourth = (sum(self.counts[begins + number] for begins in last) for number in range(4))
        return Profile.of((first, second, third, fourth), tuple((self.first + begins).year for begins in last))

    @property
    def whole_years(self) -> dict[FinancialYear, int]:
        """The counts of those years of which all four quarters are there."""
        return {(self.first + begins).year: sum(self.counts[begins : begins + 4]) for begins in self._year_starts}

    @property
    def _year_starts(self) -> range:
        """The places of the first quarters of whole years."""
        return range((5 - self.first.number) % 4, len(self.counts) - 3, 4)

    def without_season(self, profile: Profile) -> tuple[float, ...]:
        """Each count ÷ (4 × its quarter's share): what it would be if all quarters were alike."""
        parts = [float(4 * share) for share in profile.shares]
        offset = self.first.number - 1
        return tuple(count / parts[(offset + place) % 4] for place, count in enumerate(self.counts))
