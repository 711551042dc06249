"""What people are asked, and what they answered."""

from __future__ import annotations

from performance.models import (
    Partnership,
    SurveyQuestion,
)


def survey_questions(partnership: Partnership) -> tuple[SurveyQuestion, ...]:
    """The questions that are asked, in order, each with its waves, the oldest first. Two queries."""
    rows = SurveyQuestion.objects.filter(partnership=partnership, ended_on__isnull=True)
    return tuple(rows.prefetch_related("waves"))
