"""What people say when they are asked: is fear of crime falling, and how sure is that?"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from django.utils.safestring import SafeString

from performance.calculations.surveys import Share, is_clear_change
from performance.charts.intervals import share_line
from performance.models import Partnership, SurveyQuestion, SurveyWave
from performance.queries import survey_questions
from performance.wording import percent


@dataclass(frozen=True, slots=True)
class WaveLine:
    wave: SurveyWave
    share: str
    interval: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class QuestionSection:
    question: SurveyQuestion
    waves: tuple[WaveLine, ...]
    finding: str


@dataclass(frozen=True, slots=True)
class SurveysPage:
    partnership: Partnership
    questions: tuple[QuestionSection, ...]


def surveys_page(partnership: Partnership) -> SurveysPage:
    """Two queries."""
    return SurveysPage(partnership, tuple(_section(row) for row in survey_questions(partnership)))


def _section(question: SurveyQuestion) -> QuestionSection:
    waves = list(question.waves.all())
    return QuestionSection(question, tuple(_line(wave) for wave in reversed(waves)), finding(question, waves))


def share_of(wave: SurveyWave) -> Share:
    return Share(wave.percent, wave.sample)


def _line(wave: SurveyWave) -> WaveLine:
    share = share_of(wave)
    low, high = share.interval
    # Outwards, so that the interval promises no more than it holds.
    words = f"{floor(low * 10) / 10:.1f}% to {ceil(high * 10) / 10:.1f}%"
    return WaveLine(wave, percent(wave.percent), words, share_line(share))


def finding(question: SurveyQuestion, waves: list[SurveyWave]) -> str:
    """Better, worse, or no clear change, of the last two waves in order; that there is nothing to compare yet."""
    if not waves:
        return "No survey has been entered yet."
    last = waves[-1]
    if len(waves) == 1:
        return f"{percent(last.percent)} in {last.name}. There is no earlier wave to compare it with."
    before = waves[-2]
    counts = f"from {percent(before.percent)} in {before.name} to {percent(last.percent)} in {last.name}"
    if not is_clear_change(share_of(before), share_of(last)):
        return f"No clear change: {counts}, within what chance alone would explain."
    rose = last.percent > before.percent
    better = rose is (question.better == SurveyQuestion.Better.HIGHER)
    return (
        f"{'Better' if better else 'Worse'}: {'up' if rose else 'down'} {counts}, more than chance alone would explain."
    )
