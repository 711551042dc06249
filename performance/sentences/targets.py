"""How many targets were met, which were not, and which nobody can judge."""

from __future__ import annotations

from collections.abc import Sequence

from performance.calculations.status import SMALL_BAND, SMALL_TARGET, Sense, Status
from performance.queries import Row
from performance.wording import capital, count, from_to, in_percent, in_sentence, listed, number

from .changes import Subject, fact, rose_or_fell
from .verdict import cannot_say


def kinds_of(rows: Sequence[Row], *, is_one: bool = False) -> str:
    """crime types; measures as soon as one of them, like fires or mediations, is no recorded crime."""
    word = "crime type" if all(row.category.is_recorded_crime for row in rows) else "measure"
    return word if is_one else f"{word}s"


def _names(rows: Sequence[Row]) -> str:
    return listed([in_sentence(row.category.name) for row in rows])


def targets_met(rows: Sequence[Row]) -> str:
    """Seven of the ten targets were met; theft of cycle, common assault and criminal damage were not.

    Every target counts: those above a limit within usual variation, and those that cannot be judged, are named apart.
    """
    aimed = [row for row in rows if row.measure.target.known is not None and row.measure.sense is not Sense.WATCH]
    met = [row for row in aimed if row.measure.verdict.status.is_met]
    missed = [row for row in aimed if row.measure.verdict.status.is_missed]
    others = _neither(aimed)
    if not aimed:
        return ""
    if len(aimed) == 1:
        return f"The one target {_of_one(aimed[0])}."
    if not others and not missed:
        return f"All {number(len(aimed))} targets were met." if len(aimed) > 2 else "Both targets were met."
    if not others and not met:
        return f"None of the {number(len(aimed))} targets was met." if len(aimed) > 2 else "Neither target was met."
    were = "was" if len(met) <= 1 else "were"
    not_met = [f"{_names(missed)} {'was' if len(missed) == 1 else 'were'} not"] if missed else []
    first = f"{capital(number(len(met)))} of the {number(len(aimed))} targets {were} met"
    return f"{'; '.join([first, *not_met, *others])}."


def _of_one(row: Row) -> str:
    status = row.measure.verdict.status
    if status.is_met:
        return "was met"
    if status.is_missed:
        return "was not met"
    if status.is_above_usual:
        return "is a limit, and the figure is above it within usual variation"
    return f"cannot be judged: {cannot_say(row.measure)}"


def _neither(aimed: Sequence[Row]) -> list[str]:
    """hate crime is above its limit, within usual variation; robbery cannot be judged (the figure is withheld)."""
    above = [row for row in aimed if row.measure.verdict.status.is_above_usual]
    found = []
    if above:
        limit = "is above its limit" if len(above) == 1 else "are above their limits"
        found.append(f"{_names(above)} {limit}, within usual variation")
    unjudged: dict[str, list[Row]] = {}
    for row in aimed:
        if row.measure.verdict.status is Status.CANNOT_SAY:
            unjudged.setdefault(cannot_say(row.measure), []).append(row)
    return found + [f"{_names(named)} cannot be judged ({why})" for why, named in unjudged.items()]


def how_missed(rows: Sequence[Row]) -> str:
    """What the missed ones did, as far as it is more than chance; which of them cannot be compared, and why."""
    missed = [row for row in rows if row.measure.verdict.status.is_missed]
    alike = [row for row in missed if row.measure.fair is row.measure and row.measure.change.counts is not None]
    clear = [row for row in alike if row.measure.is_clear_change]
    wrong = [row for row in clear if _went_wrong(row)]
    sentences = [f"{rose_or_fell(row.category.name, row.measure.change)}." for row in wrong]
    right = [row for row in clear if row not in wrong]
    for way in ("fell", "rose"):
        named = [row for row in right if (row.measure.sense is Sense.INCREASE) is (way == "rose")]
        if named:
            sentences.append(f"{capital(_names(named))} {way}, but not as far as planned.")
    sentences += [_unclear(row) for row in alike if row not in clear]
    unlike = [row for row in missed if row.measure.fair is not row.measure]
    if unlike:
        be = "is" if len(unlike) == 1 else "are"
        sentences.append(f"{capital(_names(unlike))} {be} counted differently since the baseline.")
    unknown = [row for row in missed if row.measure.change.counts is None]
    if unknown:
        have = "has" if len(unknown) == 1 else "have"
        sentences.append(f"{capital(_names(unknown))} {have} no baseline to compare with.")
    return " ".join(sentences)


def _went_wrong(row: Row) -> bool:
    before, after = row.measure.change.counts or (0, 0)
    return after < before if row.measure.sense is Sense.INCREASE else after > before


def _unclear(row: Row) -> str:
    before, after = row.measure.change.counts or (0, 0)
    if before == after:
        return (
            f"{row.category.name} stayed as {'they were' if row.category.is_plural else 'it was'}, at {count(after)}."
        )
    if min(before, after) < 0:
        return f"{row.category.name} went {from_to(row.measure.change)}."
    subject = Subject(row.category.name, row.category.is_plural)
    return f"{fact(subject, row.measure.change, '', is_clear=False)}."


def rule_of_narrow_misses(rows: Sequence[Row]) -> str:
    """What "missed narrowly" means, where a row has it."""
    narrow = [row.measure for row in rows if row.measure.verdict.status is Status.MISSED_NARROWLY]
    if not narrow:
        return ""
    shares = {measure.tolerance for measure in narrow}
    most = in_percent(shares.pop(), 1) if len(shares) == 1 else "the share that its target allows"
    small = any((measure.target.known or 0) < SMALL_TARGET for measure in narrow)
    side = "on the wrong side of" if any(measure.sense is Sense.INCREASE for measure in narrow) else "above"
    return f"Missed narrowly: {side} the target by no more than {most}{f' or {SMALL_BAND}' if small else ''}."


def against_baseline(rows: Sequence[Row]) -> str:
    """Nine of the ten crime types are below their baseline; theft of cycle is above. A fact of counts, so not tested.

    What cannot be compared is named with the reason.
    """
    alike = [row for row in rows if row.measure.change.counts is not None and row.measure.fair is row.measure]
    if not alike:
        return ""
    below = [row for row in alike if _side(row) < 0]
    above = [row for row in alike if _side(row) > 0]
    level = [row for row in alike if _side(row) == 0]
    groups = [(below, "below"), (above, "above"), (level, "level with")]
    held = [(group, side) for group, side in groups if group]
    left = _not_compared([row for row in rows if row not in alike])
    first, side = held[0]
    if len(first) == len(rows):
        return f"{_all_of(first)} {side} {_their(first)}"
    rest = [f"{_few(group)} {_be(group)} {where}" for group, where in held[1:]]
    kinds = kinds_of(rows)
    head = f"{capital(number(len(first)))} of the {number(len(rows))} {kinds} {_be(first)} {side} {_their(first)}"
    return "; ".join([head, *rest, *left])


def _side(row: Row) -> int:
    before, after = row.measure.change.counts or (0, 0)
    return after - before


def _be(group: Sequence[Row]) -> str:
    return "are" if len(group) > 1 or group[0].category.is_plural else "is"


def _their(group: Sequence[Row]) -> str:
    return "their baseline" if _be(group) == "are" else "its baseline"


def _few(group: Sequence[Row]) -> str:
    """By name where they are few."""
    return _names(group) if len(group) <= 2 else number(len(group))


def _all_of(rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return f"{rows[0].category.name} {_be(rows)}"
    return f"Both {kinds_of(rows)} are" if len(rows) == 2 else f"All {number(len(rows))} {kinds_of(rows)} are"


def _not_compared(rows: Sequence[Row]) -> list[str]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        differs = row.measure.is_counted_differently
        unavailable = row.measure.change.unavailable
        why = "counted differently now" if differs else unavailable.value if unavailable else ""
        found.setdefault(why, []).append(row)
    return [f"{_few(named)} cannot be compared ({why})" for why, named in found.items()]
