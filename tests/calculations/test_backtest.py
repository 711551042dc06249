"""Do the forecasts keep their promise? Held against series by which no figure of theirs was chosen."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.backtest import Case, Way, cases, scores
from performance.calculations.figures import Figure
from performance.calculations.forecasts import Forecast, forecast_year
from performance.calculations.history import History
from performance.calculations.plausibility import doubts
from performance.calculations.scores import interval_score, weighted_interval_score
from performance.calculations.status import Status
from performance.calculations.under_way import year_under_way

from .examples import FIRST, history_of, series_of
from .generator import generated
from .hertfordshire import histories_from

PUBLISHED = "shared/data/home_office"
"""Beside the project, or beside the folder that it lies in, where somebody has put them."""
BESIDE = [folder / PUBLISHED for folder in Path(__file__).resolve().parents[3:5]]
FOLDER = next((folder for folder in BESIDE if folder.exists()), BESIDE[0])
TOTALS, QUARTERS = FOLDER / "rec-crime-pfa_hertfordshire.csv", FOLDER / "csp_2011-12_hertfordshire_annotated.csv"


def coverage(found: list[Case], percent: int) -> float:
    """How many per cent of all outcomes our intervals held."""
    held = 0
    for case in found:
        low, high = case.predictions[Way.OURS].intervals[percent]
        held += low <= case.outcome <= high
    return 100 * held / len(found)


def mean_interval_score(found: list[Case], way: Way) -> float:
    """Over all cases, in per cent of the outcome."""
    by_known = scores(found)
    cases_held = [by_known[known][way] for known in by_known]
    return sum(score.interval_score * score.cases for score in cases_held) / len(found)


def assert_the_promise_is_kept(found: list[Case]) -> None:
    assert 78 <= coverage(found, 80) <= 86
    assert coverage(found, 50) == pytest.approx(50, abs=3)
    assert coverage(found, 95) == pytest.approx(95, abs=3)
    assert mean_interval_score(found, Way.OURS) < mean_interval_score(found, Way.LAST_YEAR)


@pytest.mark.slow
def test_on_generated_series_of_both_sizes() -> None:
    small = list(generated(40, smallest=8, largest=45, seed=2008))
    large = list(generated(60, smallest=60, largest=600, seed=2009))
    found = cases([*small, *large])
    assert len(found) == 100 * 9 * 4
    assert_the_promise_is_kept(found)
    for known, by_way in scores(found).items():
        assert by_way[Way.OURS].interval_score < by_way[Way.LAST_YEAR].interval_score, known


@pytest.mark.skipif(not TOTALS.exists(), reason="The published figures of Hertfordshire are not on this machine.")
def test_on_the_recorded_crime_of_hertfordshire() -> None:
    """Two kinds of burglary, robbery and theft from the person, 2006/07 to 2016/17."""
    histories = histories_from(TOTALS, QUARTERS)
    assert {(str(each.first), len(each)) for each in histories.values()} == {("2006/07 Q1", 44)}
    found = cases(histories.values())
    assert len(found) == 4 * 8 * 4
    assert_the_promise_is_kept(found)


@pytest.mark.slow
def test_targets_called_on_track_are_met_and_those_called_off_track_are_not() -> None:
    """Targets of a tenth less and more than last year's count, and as many: met about as often as was said."""
    met: dict[Status, list[bool]] = {Status.ON_TRACK: [], Status.AT_RISK: [], Status.OFF_TRACK: []}
    for history in generated(60, smallest=20, largest=500, seed=2011):
        for place in range(16, len(history) - 3, 4):
            last_year, outcome = sum(history.counts[place - 4 : place]), sum(history.counts[place : place + 4])
            for known, share in product((1, 2, 3), (90, 100, 110)):
                target = last_year * share // 100
                last = FIRST + place + known - 1
                outlook = year_under_way(
                    series=series_of(history.counts[: place + known]), quarter=last, target=Figure.of(target)
                )
                met[outlook.status].append(outcome <= target)
    shares = {status: sum(outcomes) / len(outcomes) for status, outcomes in met.items()}
    assert min(len(outcomes) for outcomes in met.values()) > 400
    assert shares[Status.ON_TRACK] > 0.85
    assert 0.4 < shares[Status.AT_RISK] < 0.6
    assert shares[Status.OFF_TRACK] < 0.15


@pytest.mark.slow
def test_right_figures_are_seldom_asked_about_and_slips_nearly_always() -> None:
    asked, slips_asked, quarters = 0, 0, 0
    for history in generated(40, smallest=60, largest=600, seed=2010):
        for place in range(16, len(history)):
            before, right = series_of(history.counts[:place]), history.counts[place]
            quarters += 1
            asked += bool(doubts(right, before, FIRST + place))
            slips_asked += bool(doubts(right * 10, before, FIRST + place))
    assert asked / quarters < 0.03
    assert slips_asked / quarters > 0.97


def test_totals_of_twelve_months_give_back_the_quarters(tmp_path: Path) -> None:
    """The same files as the Home Office lays them out, of counts made up here."""
    counts = [30 + 7 * (place % 4) + place for place in range(16)]
    begins = History(FIRST + 4 * 9, tuple(counts)).first
    lines = ["12 months ending,PFA,Region,Offence,Rolling year total number of offences"]
    for place in range(3, 16):
        ends = (begins + place).ends
        lines.append(f"{ends:%d-%m-%Y},Hertfordshire,East,Robbery,{sum(counts[place - 3 : place + 1])}")
    (tmp_path / "totals.csv").write_text("\n".join(lines), encoding="utf-8")
    known_at = 4 * (2011 - begins.year.start)
    rows = ["CSP Name,Offence Code,Number of Offences"]
    for district, share in (("St Albans", 0.25), ("Watford", 0.75)):
        for code in ("34A", "34B", "39"):
            for count in counts[known_at : known_at + 4]:
                here = count // 4 if share == 0.25 else count - count // 4
                rows.append(f"{district},{code},{here if code == '34A' else 0}")
    (tmp_path / "quarters.csv").write_text("\n".join(rows), encoding="utf-8")
    found = histories_from(tmp_path / "totals.csv", tmp_path / "quarters.csv")
    assert found == {"Robbery": History(begins, tuple(counts))}


def test_a_year_is_forecast_from_nothing_but_what_was_known() -> None:
    """Each case is the forecast that a page would have shown on the day."""
    counts = [200 + (37 * place) % 60 for place in range(20)]
    found = cases([history_of(counts)])
    assert [(case.known, case.outcome) for case in found] == [(known, sum(counts[12:16])) for known in range(4)] + [
        (known, sum(counts[16:20])) for known in range(4)
    ]
    shown = forecast_year(series_of(counts[:14]), FIRST + 13)
    assert isinstance(shown, Forecast)
    ours = found[2].predictions[Way.OURS]
    assert ours.expected == shown.expected
    assert ours.intervals[80] == (shown.interval(80).low, shown.interval(80).high)


def test_the_plain_ways_by_hand() -> None:
    counts = [100, 110, 120, 130] * 4
    case = cases([history_of(counts)])[1]
    assert case.predictions[Way.LAST_YEAR].expected == 460
    assert case.predictions[Way.STRAIGHT_LINE].expected == 400
    assert Way.STRAIGHT_LINE not in cases([history_of(counts)])[0].predictions


@pytest.mark.parametrize("counts", [[], [50] * 15, [0] * 16, [50, -1] * 8])
def test_what_cannot_be_tried(counts: list[int]) -> None:
    assert cases([history_of(counts)]) == []
    assert scores([]) == {}


def test_a_series_that_begins_within_a_year_is_tried_on_whole_years() -> None:
    found = cases([history_of([50, 60] * 10, FIRST + 2)])
    assert len(found) == 4
    assert found[0].outcome == 220


def test_scores_by_hand() -> None:
    assert interval_score(10, 20, 15, 80) == 10
    assert interval_score(10, 20, 22, 80) == pytest.approx(10 + 2 / 0.2 * 2)
    assert interval_score(10, 20, 9, 50) == pytest.approx(10 + 2 / 0.5)
    assert weighted_interval_score(14, {80: (10, 20)}, 22) == pytest.approx((8 / 2 + 0.1 * 30) / 1.5)


@given(st.floats(-2, 2), st.floats(0.5, 3))
def test_with_many_intervals_it_comes_near_the_score_of_the_whole_distribution(outcome: float, spread: float) -> None:
    """The continuous ranked probability score of a normal distribution."""
    normal = scipy.stats.norm(0, spread)
    intervals = {
        percent: (float(normal.ppf(0.5 - percent / 200)), float(normal.ppf(0.5 + percent / 200)))
        for percent in range(1, 100)
    }
    z = outcome / spread
    crps = spread * (z * (2 * normal.cdf(outcome) - 1) + 2 * scipy.stats.norm.pdf(z) - 1 / 3.141592653589793**0.5)
    assert weighted_interval_score(0, intervals, outcome) == pytest.approx(crps, rel=0.05, abs=0.02)
