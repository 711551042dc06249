"""Values -> plain English: verdicts on the figures, and questions about those that look odd."""

from .changes import Subject, course_title, direction, since, since_baseline, stood, told
from .doubts import ask, parts_differ
from .headline import headline, months, promised, target_in_percent, to_date_headline
from .movers import movers
from .targets import against_baseline, how_missed, kinds_of, rule_of_narrow_misses, targets_met
from .totals import counted_differently, left_out, not_like_for_like, partial, partial_to_date
from .verdict import cannot_say, why

__all__ = [
    "Subject",
    "against_baseline",
    "ask",
    "cannot_say",
    "counted_differently",
    "course_title",
    "direction",
    "headline",
    "how_missed",
    "kinds_of",
    "left_out",
    "months",
    "movers",
    "not_like_for_like",
    "partial",
    "partial_to_date",
    "parts_differ",
    "promised",
    "rule_of_narrow_misses",
    "since",
    "since_baseline",
    "stood",
    "target_in_percent",
    "targets_met",
    "to_date_headline",
    "told",
    "why",
]
