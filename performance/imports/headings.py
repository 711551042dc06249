"""What the heading of a column says: a period, names, offence codes, a change that is not a figure.

Standard library only. Nothing is guessed: what a heading does not say is left open for the rows around it, and what
contradicts itself is uncertain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from performance.calculations.periods import FinancialYear, Period, Quarter


class Holds(Enum):
    """What stands in a column, as its heading says."""

    NAMES = "names"
    CODES = "codes"
    FIGURES = "figures"
    NOTES = "notes"
    AREAS = "areas"
    PERIODS = "periods"
    YEARS = "years"
    QUARTERS = "quarters"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says. `quarter` and `year` are what it names of a period, each None where it does not.

    `why_not` is why a column of this heading is never taken, in words that follow its address; empty where it may be.
    """

    holds: Holds
    quarter: int | None = None
    year: FinancialYear | None = None
    why_not: str = ""
    is_current: bool = False

    @property
    def names_period(self) -> bool:
        return self.quarter is not None or self.year is not None

    @property
    def period(self) -> Period | None:
        """The period, where the heading names it in full by itself. A year alone is the whole year."""
        if self.year is None:
            return None
        return self.year if self.quarter is None else Quarter(self.year, self.quarter)


UNKNOWN = Heading(Holds.UNKNOWN)

_HEADINGS = {
    Holds.NAMES: """
        offence; offence type; offence description; offence group; offence name; type of offence; crime; crime type;
        crime category; crime group; type of crime; category; categories; type; incident; incident type;
        type of incident; event type; measure; indicator; performance indicator; pi; description; name; activity;
        bcs comparator; bcs comparator crime""",
    Holds.CODES: """
        code; codes; ho code; ho codes; ho class; ho ref; offence code; offence codes; home office code;
        home office offence code; ref; class; classification""",
    Holds.FIGURES: """
        number; no; nos; number of offences; no of offences; offences; total offences; recorded offences; offence count;
        count; counts; crimes; number of crimes; no of crimes; recorded crime; recorded crimes; recorded;
        number recorded; figure; figures; value; actual; actuals; incidents; number of incidents; no of incidents;
        volume; fires; number of fires; casualties; all crime count; result; outturn""",
    Holds.NOTES: "note; notes; comment; comments; remark; remarks; reason; commentary; explanation; narrative",
    Holds.AREAS: """
        area; district; borough; division; bcu; csp; csp name; cdrp; cdrp name; partnership;
        community safety partnership; local authority; la""",
    Holds.PERIODS: "period; time period; financial period; reporting period; date; dates; month",
    Holds.YEARS: "year; financial year; fy",
    Holds.QUARTERS: "quarter; qtr; financial quarter; q",
}
_WORDS = {words.strip(): holds for holds, text in _HEADINGS.items() for words in text.split(";")}
_CURRENT = {"this quarter", "current quarter", "this period", "current period", "quarter figure", "quarterly figure"}

_NOT_TAKEN: tuple[tuple[str, str], ...] = (
    (r"%|\bper ?cent|\bpercentage|\bpct\b", "a percentage"),
    (r"\bchange|\bdiff|\bvariance|\bvar\b|\+/ ?-|\bup/down\b|\btrend|\bdirection|\bdot\b", "a change, not a figure"),
    (r"\btarget|\bplan\b|\bceiling|\btrajectory", "a target"),
    (r"\bbaseline|\bbase year", "a baseline"),
    (r"\bforecast|\bprojected|\bprojection|\bpredicted|\bexpected", "a forecast"),
    (r"\brolling|\blast 12 months|\b12 months to|\bprevious 12 months|\bmat\b", "a rolling sum"),
    (r"\baverage|\bmean\b|\bavg\b|\bmsg\b|\bmost similar", "an average"),
    (r"\brate\b|\bper 1,?000|\bper 1000|\bper head", "a rate"),
    (r"\bdetect|\bcleared|\bsolved|\bclear up", "detections, not offences"),
    (r"\brank|\brag\b|\bstatus|\bposition", "a judgement, not a figure"),
    (r"\bytd\b|\byear to date|\bto date|\bcumulative|\bcum\b|\bso far", "a year to date"),
    (r"\blast year|\bprevious year|\bprior year|\bsame (?:quarter|period)|\bly\b", "last year"),
    (r"\blast quarter|\bprevious quarter|\bprior quarter", "the quarter before"),
)

_QUARTER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_QUARTER = re.compile(
    r"\b(?:q(?:tr|uarter)?s?\.? ?(?P<after>[1-4]|one|two|three|four)(?![0-9])"
    r"|(?P<before>[1-4](?=st|nd|rd|th)|first|second|third|fourth)(?:st|nd|rd|th)? (?:quarter|qtr))",
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR_AFTER = r"(?:[ '\-/]*(?P<{}>(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![0-9/]))?"
_MONTH_RANGE = re.compile(
    rf"\b(?P<first>{_MONTH})\b\.?{_YEAR_AFTER.format('first_year')} ?(?:-|to|/|until|through) ?"
    rf"(?P<last>{_MONTH})\b\.?{_YEAR_AFTER.format('last_year')}"
)
_MONTH_ALONE = re.compile(rf"\b(?P<month>{_MONTH})\b\.?{_YEAR_AFTER.format('year')}")
_DAY = r"(?:0?1|30|31|28|29)[/.-](?P<{0}_month>0?[1-9]|1[0-2])[/.-](?P<{0}_year>(?:19|20)?[0-9]{{2}})"
_DAY_RANGE = re.compile(rf"\b{_DAY.format('first')} ?(?:-|to|until) ?{_DAY.format('last')}\b")
_ISO_DAY = re.compile(r"\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9]{2}\b")
_FINANCIAL_YEAR = re.compile(
    r"(?<![0-9/])(?:fy ?)?((?:19|20)?[0-9]{2} ?[/-] ?(?:(?:19|20)[0-9]{2}|[0-9]{2}))(?![0-9/])"
)
_RUN_TOGETHER = re.compile(r"\b((?:19|20)[0-9]{2})([0-9]{2})\b")
_CALENDAR_YEAR = re.compile(r"(?<![0-9/-])((?:19|20)[0-9]{2})(?![0-9/-])")


def plain(text: str) -> str:
    """A heading in small letters, with single spaces and plain hyphens."""
    lower = re.sub(r"[\u2010-\u2015\u2212]", "-", text.casefold()).replace("’", "'")
    return re.sub(r"[\s_\u00a0]+", " ", lower).strip()


def read_heading(text: str) -> Heading:
    """What a heading says; `UNKNOWN` where it says nothing that is known."""
    words = plain(text)
    if not words:
        return UNKNOWN
    bare = re.sub(r"[^a-z0-9 ]+", " ", words.replace("(s)", "s"))
    bare = re.sub(r" +", " ", bare).strip()
    if bare in _WORDS:
        return Heading(_WORDS[bare])
    if bare in _CURRENT:
        return Heading(Holds.FIGURES, is_current=True)
    for pattern, why_not in _NOT_TAKEN:
        if re.search(pattern, words):
            return Heading(Holds.OTHER, why_not=why_not)
    found = _read_period(words)
    if found.holds is Holds.UNKNOWN and re.fullmatch(r"(?:grand |full |annual )?(?:total|year total)s?", bare):
        return Heading(Holds.OTHER, why_not="a total across")
    return found


def _read_period(words: str) -> Heading:
    """The quarter or year that a heading names."""
    if match := _DAY_RANGE.search(words):
        return _from_months(
            int(match["first_month"]), int(match["last_month"]), int(match["first_year"]), int(match["last_year"])
        )
    if _ISO_DAY.search(words):
        return Heading(Holds.OTHER, why_not="a day, not a quarter")
    years, has_impossible = _years_in(words)
    numbered = {_number(match) for match in _QUARTER.finditer(words)}
    if has_impossible:
        return Heading(Holds.OTHER, why_not="years that do not follow one another")
    if len(numbered) > 1 or len(years) > 1:
        return Heading(Holds.OTHER, why_not="more than one period in its heading")
    year = years.pop() if years else None
    quarter = numbered.pop() if numbered else None
    if match := _MONTH_RANGE.search(words):
        return _with_months(match, quarter, year)
    if quarter is None and year is None and (match := _MONTH_ALONE.search(words)):
        return Heading(Holds.OTHER, why_not="a month, not a quarter")
    if quarter is None and year is None:
        calendar = _CALENDAR_YEAR.search(words)
        return Heading(Holds.OTHER, why_not="a calendar year, not a financial year") if calendar else UNKNOWN
    if year is None and _CALENDAR_YEAR.search(words):
        return Heading(Holds.OTHER, why_not="a quarter of a calendar year, or of a financial year: it does not say")
    return Heading(Holds.FIGURES, quarter, year)


def _number(match: re.Match[str]) -> int:
    text = match["after"] or match["before"]
    return _QUARTER_WORDS.get(text) or int(text)


def _years_in(words: str) -> tuple[set[FinancialYear], bool]:
    """The financial years that are named, and whether one is that cannot be, such as 2008/10."""
    written = [match[1].replace(" ", "") for match in _FINANCIAL_YEAR.finditer(words)]
    written += [f"{match[1]}/{match[2]}" for match in _RUN_TOGETHER.finditer(words)]
    found: set[FinancialYear] = set()
    for text in written:
        try:
            found.add(FinancialYear.parse(text))
        except ValueError:
            return found, True
    return found, False


def _with_months(match: re.Match[str], quarter: int | None, year: FinancialYear | None) -> Heading:
    """A heading with months in it must agree with the quarter and the year that it also names."""
    last_year = match["last_year"]
    first_year = match["first_year"] or last_year
    found = _from_months(
        _MONTHS[match["first"]],
        _MONTHS[match["last"]],
        int(first_year) if first_year else None,
        int(last_year) if last_year else None,
    )
    if found.why_not:
        return found
    if quarter is not None and found.quarter != quarter:
        return Heading(Holds.OTHER, why_not="months and a quarter that do not agree")
    if year is not None and found.year is not None and found.year != year:
        return Heading(Holds.OTHER, why_not="months and a year that do not agree")
    return Heading(Holds.FIGURES, found.quarter, found.year or year)


def _from_months(first: int, last: int, first_year: int | None, last_year: int | None) -> Heading:
    """The quarter or the whole year between two months."""
    begins = None if first_year is None else _century(first_year)
    if last_year is not None and first_year == last_year and last < first:
        begins = _century(last_year) - 1
    if first in (4, 7, 10, 1) and last == first + 2:
        quarter = (first - 4) % 12 // 3 + 1
        start = None if begins is None else begins - (quarter == 4)
        return Heading(Holds.FIGURES, quarter, None if start is None else FinancialYear(start))
    if (first, last) == (4, 3):
        year = None if begins is None else FinancialYear(begins)
        return Heading(Holds.FIGURES, None, year) if year else Heading(Holds.OTHER, why_not="a whole year")
    if first == 4:
        return Heading(Holds.OTHER, why_not="a year to date")
    return Heading(Holds.OTHER, why_not="months that are no quarter")


def _century(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)
