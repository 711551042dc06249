"""The county and local strategies that the plan serves."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from performance.models import Partnership
from performance.querysets import ByNaturalKey

from .plans import Aim


class Strategy(models.Model):
    """Somebody else's strategy, whose priorities the plan contributes to and reflects."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="strategies")
    title = models.CharField(max_length=120)
    slug = models.SlugField("address")
    note = models.TextField(blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("partnership__slug", "slug")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("partnership", "position", "pk")
        verbose_name_plural = "strategies"
        constraints = [models.UniqueConstraint(fields=("partnership", "slug"), name="strategy_slug_once")]

    def __str__(self) -> str:
        return self.title


class StrategicPriority(models.Model):
    """One of a strategy's priorities, and the aims of the plan that serve it."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="priorities")
    title = models.CharField(max_length=200)
    part = models.CharField(
        "part of the strategy",
        max_length=120,
        blank=True,
        help_text="As in “Short-term actions 2008 to 2011”, where it has parts.",
    )
    aims = models.ManyToManyField(
        Aim, blank=True, related_name="strategic_priorities", verbose_name="aims that serve it"
    )
    ended_on = models.DateField("ended on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(m2m_fields=[aims], history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ("strategy", "position", "pk")
        verbose_name_plural = "strategic priorities"
        constraints = [models.UniqueConstraint(fields=("strategy", "part", "title"), name="strategic_priority_once")]

    def __str__(self) -> str:
        return self.title
