"""What the headings of columns say."""

from __future__ import annotations

import pytest

from performance.imports.headings import Holds, read_heading
from performance.imports.reading import name_of

PERIODS = [
    ("Q1 2008/09", "Q1 2008/09"), ("2008/09 Q1", "Q1 2008/09"), ("Q1 08/09", "Q1 2008/09"),
    ("Q1 2008-09", "Q1 2008/09"),
    ("Qtr 1 2008/2009", "Q1 2008/09"), ("Quarter One 2008/09", "Q1 2008/09"), ("1st Quarter 08-09", "Q1 2008/09"),
    ("First quarter 2008/09", "Q1 2008/09"), ("April to June 2008", "Q1 2008/09"), ("Apr-Jun 2008", "Q1 2008/09"),
    ("Apr - Jun 08", "Q1 2008/09"), ("Apr 2008 to Jun 2008", "Q1 2008/09"), ("Q1 (Apr–Jun 2008)", "Q1 2008/09"),
    ("April-June 2008 (Q1)", "Q1 2008/09"), ("Jul-Sep 08", "Q2 2008/09"), ("Oct to Dec 2008", "Q3 2008/09"),
    ("Jan-Mar 2009", "Q4 2008/09"), ("January to March 2009", "Q4 2008/09"), ("Q1\n2008/09", "Q1 2008/09"),
    ("01/04/2008 - 30/06/2008", "Q1 2008/09"), ("1.1.09 to 31.3.09", "Q4 2008/09"), ("FY 2008/09 Q2", "Q2 2008/09"),
    ("2008/09", "2008/09"), ("2008-2009", "2008/09"), ("08/09", "2008/09"), ("FY08/09", "2008/09"),
    ("Apr 2008 to Mar 2009", "2008/09"), ("200809", "2008/09"), ("Recorded crime 2008/09", "2008/09"),
    ("Q4 99/00", "Q4 1999/00"),
]  # fmt: skip
PARTS = [("Q1", 1), ("Quarter 3", 3), ("Apr-Jun", 1), ("jan to mar", 4), ("qtr 2", 2), ("Q.4", 4)]
NOT_TAKEN = [
    ("% change", "a percentage"), ("Change", "a change"), ("Diff.", "a change"), ("Variance", "a change"),
    ("+/-", "a change"), ("Q1 2008/09 target", "a target"), ("Baseline 2003/04", "a baseline"), ("YTD", "to date"),
    ("Year to date 2008/09", "to date"), ("Apr-Sep 2008", "to date"), ("Forecast", "a forecast"), ("Apr-08", "a month"),
    ("June 2008", "a month"), ("2008", "a calendar year"), ("Q1 2008", "calendar year"), ("Total", "total across"),
    ("Last year", "last year"), ("Detections Q1 2008/09", "detections"), ("Per 1,000", "a rate"), ("RAG", "judgement"),
    ("Q1 Jul-Sep 2008", "do not agree"), ("Q1 and Q2 2008/09", "more than one"),
    ("2007/08 to 2008/09", "more than one"),
    ("12 months to June 2008", "a rolling sum"), ("Feb-Apr 2008", "no quarter"), ("2008-04-01 00:00:00", "a day"),
]  # fmt: skip
KINDS = [
    ("Offence", Holds.NAMES), ("Crime type", Holds.NAMES), ("HO code", Holds.CODES), ("Offence Code", Holds.CODES),
    ("Number of offences", Holds.FIGURES), ("No. of Offence(s)", Holds.FIGURES), ("Count", Holds.FIGURES),
    ("Comments", Holds.NOTES), ("CSP Name", Holds.AREAS), ("Financial Year", Holds.YEARS), ("", Holds.UNKNOWN),
    ("Financial Quarter", Holds.QUARTERS), ("St Albans", Holds.UNKNOWN), ("This quarter", Holds.FIGURES),
]  # fmt: skip


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_period_in_full(text: str, period: str) -> None:
    found = read_heading(text).period
    assert found is not None
    assert name_of(found) == period


@pytest.mark.parametrize(("text", "quarter"), PARTS)
def test_a_quarter_without_its_year(text: str, quarter: int) -> None:
    heading = read_heading(text)
    assert (heading.quarter, heading.year, heading.why_not) == (quarter, None, "")


@pytest.mark.parametrize(("text", "why_not"), NOT_TAKEN)
def test_a_column_that_is_not_taken_says_why(text: str, why_not: str) -> None:
    heading = read_heading(text)
    assert why_not in heading.why_not
    assert heading.period is None


@pytest.mark.parametrize(("text", "holds"), KINDS)
def test_what_a_column_holds(text: str, holds: Holds) -> None:
    assert read_heading(text).holds is holds
