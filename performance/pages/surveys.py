"""What people say when they are asked: is fear of crime falling, and how sure is that?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from math import ceil, floor

from django.utils.safestring import SafeString

from performance.calculations.surveys import SMALL_SAMPLE, Share, is_clear_change
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
    asked_otherwise: str
    """In which words, where they differ from those of today."""


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
    return QuestionSection(question, tuple(_line(wave, question) for wave in reversed(waves)), finding(question, waves))


def share_of(wave: SurveyWave, question: SurveyQuestion) -> Share:
    return Share(wave.percent, wave.sample, question.design_effect)


def _line(wave: SurveyWave, question: SurveyQuestion) -> WaveLine:
    share = share_of(wave, question)
    low, high = share.interval
    # Outwards, so that the interval promises no more than it holds.
    words = f"{floor(low * 10) / 10:.1f}% to {ceil(high * 10) / 10:.1f}%"
    return WaveLine(wave, percent(wave.percent), words, share_line(share), _asked_otherwise(wave, question))


def _asked_otherwise(wave: SurveyWave, question: SurveyQuestion) -> str:
    """In which words a wave was asked, where they are not those of the question now."""
    if wave.words == (question.question, question.answer, question.better):
        return ""
    asked = f"Asked otherwise: “{wave.asked}”" if wave.asked else "Asked otherwise"
    counted = f"counted: {wave.answer}" if wave.answer else ""
    return f"{'; '.join(filter(None, (asked, counted, wave.get_better_display().lower())))}."


def finding(question: SurveyQuestion, waves: list[SurveyWave]) -> str:
    """Better, worse, or no clear change since the wave before, and since the first one, asked in the same words."""
    if not waves:
        return "No survey has been entered yet."
    last = waves[-1]
    alike = list(takewhile(lambda wave: wave.words == last.words, reversed(waves)))
    if len(alike) == 1:
        return f"{percent(last.percent)} in {last.name}. {_nothing_before(waves)}"
    said = _compared(question, alike[1], last)
    if len(alike) > 2:
        said = f"{said} Since the first wave: {_compared(question, alike[-1], last, is_first=True)}"
    return f"{said} {_caveat(question, alike)}"


def _nothing_before(waves: list[SurveyWave]) -> str:
    if len(waves) == 1:
        return "There is no earlier wave to compare it with."
    return "Earlier waves were asked or counted in another way, so it is not compared with them."


def _compared(question: SurveyQuestion, before: SurveyWave, last: SurveyWave, *, is_first: bool = False) -> str:
    counts = f"from {percent(before.percent)} in {before.name} to {percent(last.percent)} in {last.name}"
    if not is_clear_change(share_of(before, question), share_of(last, question)):
        said = f"No clear change: {counts}, within what chance alone would explain."
    else:
        rose = last.percent > before.percent
        better = rose is (last.better == SurveyQuestion.Better.HIGHER)
        way = "up" if rose else "down"
        said = f"{'Better' if better else 'Worse'}: {way} {counts}, more than chance alone would explain."
    return said[:1].lower() + said[1:] if is_first else said


def _caveat(question: SurveyQuestion, waves: list[SurveyWave]) -> str:
    """How chance was reckoned with, beside what was found."""
    few = (
        " Few answered, so only a large change would show." if min(wave.sample for wave in waves) < SMALL_SAMPLE else ""
    )
    if question.design_effect == 1:
        return f"The answers are taken as a simple random sample.{few}"
    effect = f"{question.design_effect:f}".removesuffix(".0")
    return f"Allowing for how the survey is taken: {effect} answers count as one (its design effect).{few}"
