"""Values -> plain English: verdicts on the figures, and questions about those that look odd."""

from .doubts import ask, parts_differ
from .verdicts import (
    broken,
    cannot_say,
    course_title,
    direction,
    headline,
    how_missed,
    is_or_are,
    movers,
    not_like_for_like,
    partial,
    rule_of_narrow_misses,
    since,
    since_baseline,
    target_in_percent,
    targets_met,
    to_date_headline,
    why,
)

__all__ = [
    "ask",
    "broken",
    "cannot_say",
    "course_title",
    "direction",
    "headline",
    "how_missed",
    "is_or_are",
    "movers",
    "not_like_for_like",
    "partial",
    "parts_differ",
    "rule_of_narrow_misses",
    "since",
    "since_baseline",
    "target_in_percent",
    "targets_met",
    "to_date_headline",
    "why",
]
