"""What people say when they are asked: percentages with their sample, never counts and never added up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from performance.querysets import ByNaturalKey

from .partnerships import Partnership

MOST_ASKED = 10_000_000


class SurveyQuestion(models.Model):
    """A question asked wave after wave in the same words, and which answer is counted."""

    class Better(models.TextChoices):
        HIGHER = "higher", "Higher is better"
        LOWER = "lower", "Lower is better"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="survey_questions")
    title = models.CharField(max_length=80, help_text="As in “Feeling safe after dark”.")
    slug = models.SlugField("address")
    question = models.TextField(blank=True, help_text="In the words in which it is asked.")
    answer = models.CharField(
        "answer that is counted", max_length=120, blank=True, help_text="As in “very or fairly safe”."
    )
    better = models.CharField("which way is better", max_length=6, choices=Better, default=Better.HIGHER)
    design_effect = models.DecimalField(
        "design effect",
        max_digits=3,
        decimal_places=1,
        default=Decimal("1.5"),
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text="1 for a simple random sample; more where the survey asks in clusters or weights its answers. "
        "If the survey does not say, leave 1.5.",
    )
    asked_by = models.CharField("survey", max_length=120, blank=True, help_text="Which survey, and of whom.")
    ended_on = models.DateField("ended on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("partnership__slug", "slug")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("partnership", "position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("partnership", "slug"), name="survey_question_slug_once"),
            models.CheckConstraint(condition=Q(better__in=["higher", "lower"]), name="better_is_known"),
            models.CheckConstraint(
                condition=Q(design_effect__gte=1, design_effect__lte=10), name="design_effect_1_to_10"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyWave(models.Model):
    """The share that gave the counted answer in one wave, of how many who were asked."""

    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="waves")
    name = models.CharField("wave", max_length=60, help_text="As in “Autumn 2008”.")
    ended = models.DateField("last day of asking")
    percent = models.DecimalField(
        "percentage", max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    sample = models.PositiveIntegerField(
        "how many answered", validators=[MinValueValidator(1), MaxValueValidator(MOST_ASKED)]
    )
    asked = models.TextField("question as it was asked", blank=True, editable=False)
    answer = models.CharField("answer that was counted", max_length=120, blank=True, editable=False)
    better = models.CharField(
        "which way was better", max_length=6, choices=SurveyQuestion.Better, blank=True, editable=False
    )
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ("question", "ended")
        constraints = [
            models.UniqueConstraint(fields=("question", "ended"), name="one_wave_a_day"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="percent_0_to_100"),
            models.CheckConstraint(condition=Q(sample__gte=1, sample__lte=MOST_ASKED), name="somebody_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.question}, {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new wave keeps the words in which it was asked; the question may be asked in others later."""
        if self._state.adding and not self.better:
            self.asked, self.answer, self.better = self.question.question, self.question.answer, self.question.better
        super().save(*args, **kwargs)

    @property
    def words(self) -> tuple[str, str, str]:
        """What waves must share to be one series: the question, the answer and which way is better."""
        return self.asked, self.answer, self.better
