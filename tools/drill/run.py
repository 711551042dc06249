"""The drills, each with its negative control, against a server that runs already."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402

from performance.calculations.periods import FinancialYear, Quarter  # noqa: E402
from performance.models import Actual, CrimeCategory, Partnership, PeriodReturn, ReturnEvent, Revision  # noqa: E402
from performance.returns import saving  # noqa: E402
from performance.returns.values import Entry, FigureEdit  # noqa: E402
from tools.drill import readers  # noqa: E402
from tools.drill.clients import Client, at_once  # noqa: E402
from tools.drill.findings import Finding, tell  # noqa: E402


class Size(NamedTuple):
    clients: int
    saves: int
    doubles: int
    rounds: int


SIZES = {"full": Size(50, 10_000, 100, 500), "small": Size(8, 240, 8, 12)}
TIMES, SAVERS = 8, 5
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = Quarter(FinancialYear(1900), 1)
"""Periods to drill on, all of them over; a round forgets its own, so that there are enough."""


def main() -> None:
    port, size, database, log = int(sys.argv[1]), SIZES[sys.argv[2]], sys.argv[3], Path(sys.argv[4])
    part = sys.argv[5]
    clients = [Client(port, f"client-{number}") for number in range(max(size.clients, TIMES, SAVERS + 1))]
    findings: list[Finding] = []
    drills: list[Callable[[], Finding]] = [
        lambda: conflicting_saves(clients[: size.clients], size.saves),
        lambda: conflicting_saves_unguarded(clients[: size.clients], size.saves),
        lambda: double_submission(clients[:TIMES], size.doubles),
        lambda: double_submission_without_token(clients[:TIMES], size.doubles),
        lambda: publishing_against_saves(clients[: SAVERS + 1], size.rounds),
        lambda: publishing_unlocked(clients[: SAVERS + 1], size.rounds, database),
    ]
    of_readers: list[Callable[[], Finding]] = [
        lambda: readers.readers_while_publishing(port, clients[0], _begin, size.rounds),
        lambda: readers.readers_without_editions(port, clients[0], _begin, size.rounds),
    ]
    print(f"\n{part} on {database}, {sys.argv[2]}: {size.clients} clients", flush=True)
    for drill in of_readers if part == "readers" else drills:
        began = time.monotonic()
        findings.append(drill())
        tell(findings[-1], time.monotonic() - began)
    errors = sum(count for status, count in Client.statuses.items() if status >= 500)
    locked = log.read_text(errors="replace").count("database is locked")
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(Client.statuses.items()))
    fine = errors == 0 and locked == 0
    print(f"{'ok  ' if fine else 'FAULT'} answers: {statuses}; “database is locked” {locked} times", flush=True)
    sys.exit(0 if fine and all(found.is_right for found in findings) else 1)


def _begin(count: int = 0) -> tuple[Quarter, str]:
    """A quarter's return with one figure, and its address."""
    quarter = FIRST
    while PeriodReturn.objects.filter(financial_year=quarter.year, quarter=quarter.number).exists():
        quarter += 1
    category = CrimeCategory.objects.get(slug="robbery")
    saving.save_figures(
        partnership=Partnership.objects.get(),
        period=quarter,
        edits={category.pk: FigureEdit(Entry(count), 0)},
        token=uuid4(),
        by=User.objects.get(username="client-0"),
        today=date(2026, 1, 1),
        at=NOW,
    )
    return quarter, f"/st-albans/returns/{quarter.slug}/"


def _figure(count: int, seen: int) -> dict[str, object]:
    return {"robbery-count": count, "robbery-missing": "", "robbery-note": "", "robbery-version": seen}


def conflicting_saves(clients: list[Client], saves: int) -> Finding:
    """All save one figure, each with the version that it knows; who is told of a newer one looks and tries again."""
    quarter, address = _begin()
    each, accepted = saves // len(clients), Counter[tuple[int, int]]()

    def work(client: Client, first: int) -> None:
        seen = 1
        for number in range(first, first + each):
            _, answer = client.post(address, _figure(number, seen) | {"token": uuid4().hex})
            said = answer["rows"]["robbery"] if answer else {}
            if "version" in said:
                accepted[number, seen + 1] += 1
                seen = said["version"]
            else:
                seen = _now(quarter).version

    at_once([partial(work, client, 1 + number * each) for number, client in enumerate(clients)])
    row = _now(quarter)
    chain = list(Revision.objects.filter(actual=row).order_by("version"))
    whole = all(new.was_count == old.count for old, new in pairwise(chain))
    kept = {(revision.count, revision.version) for revision in chain[1:]}
    lost = sum(1 for key in accepted if key not in kept)
    is_right = lost == 0 and whole and len(kept) == len(accepted) and chain[-1].count == row.count
    return Finding(
        "conflicting saves",
        f"{each * len(clients)} saves, {len(accepted)} accepted, {len(kept)} revisions, {lost} lost, "
        f"chain {'unbroken' if whole else 'BROKEN'}",
        is_right,
    )


def _now(quarter: Quarter) -> Actual:
    return Actual.objects.get(
        period_return__financial_year=quarter.year, period_return__quarter=quarter.number, category__slug="robbery"
    )


def conflicting_saves_unguarded(clients: list[Client], saves: int) -> Finding:
    """The control: all are accepted, and most write over a figure that they never saw."""
    quarter, _ = _begin()
    each, lost = saves // len(clients), [0] * len(clients)

    def work(client: Client, place: int) -> None:
        seen = 1
        for number in range(each):
            _, answer = client.post("/control/save/", {"period": str(quarter), "count": number, "seen": seen})
            lost[place] += answer["unseen"]
            seen = answer["version"]

    at_once([partial(work, client, number) for number, client in enumerate(clients)])
    total = each * len(clients)
    return Finding(
        "  control without versions", f"{total} saves, {sum(lost)} written over unseen", sum(lost) > total / 10
    )


def double_submission(clients: list[Client], rounds: int) -> Finding:
    """One form arrives eight times at once: it is done once, and nobody gets an error."""
    stored = 0
    for number in range(rounds):
        quarter, address = _begin()
        data = _figure(number + 1, 1) | {"token": uuid4().hex}
        at_once([partial(client.post, address, data) for client in clients])
        stored += ReturnEvent.objects.filter(period_return=_now(quarter).period_return).count() - 1
    return Finding("double submission", f"{rounds} forms × {len(clients)}, stored {stored}", stored == rounds)


def double_submission_without_token(clients: list[Client], rounds: int) -> Finding:
    quarter, _ = _begin()
    for _ in range(rounds):
        at_once([partial(client.post, "/control/double/", {"period": str(quarter)}) for client in clients])
    stored = ReturnEvent.objects.filter(period_return=_now(quarter).period_return).count() - 1
    return Finding("  control without token", f"{rounds} forms × {len(clients)}, stored {stored}", stored > rounds)


def publishing_against_saves(clients: list[Client], rounds: int) -> Finding:
    """A return is handed in and published while others save: nothing changes after it was closed."""
    changed = 0
    *savers, closer = clients
    for _ in range(rounds):
        quarter, address = _begin()

        def close(where: str = address) -> None:
            closer.post(f"{where}submit/", {"accepted": "on", "odd": "on", "token": uuid4().hex})
            closer.post(f"{where}publish/", {"figures_as_at": "2020-01-01", "token": uuid4().hex})

        saving = [
            partial(client.post, address, _figure(number + 1, 1) | {"token": uuid4().hex})
            for number, client in enumerate(savers)
        ]
        at_once([*saving, close])
        held = PeriodReturn.objects.get(financial_year=quarter.year, quarter=quarter.number)
        closed = ReturnEvent.objects.get(period_return=held, kind="submitted")
        last = Revision.objects.filter(event__period_return=held, event__pk__lt=closed.pk).latest("version")
        late = ReturnEvent.objects.filter(period_return=held, kind="saved", pk__gt=closed.pk).exists()
        changed += late or held.state != "published" or last.count != _now(quarter).count
        _forget(held)
    return Finding("publishing against saves", f"{rounds} rounds, {changed} changed afterwards", changed == 0)


def publishing_unlocked(clients: list[Client], rounds: int, database: str) -> Finding:
    """The control: without the row's lock. SQLite lets one transaction write at a time, so there it loses nothing."""
    changed = 0
    *savers, closer = clients
    for _ in range(rounds):
        quarter, _ = _begin()
        period: dict[str, object] = {"period": str(quarter)}
        saving = [
            partial(client.post, "/control/save-unlocked/", period | {"count": number + 1})
            for number, client in enumerate(savers)
        ]
        *_, (_, closed) = at_once([*saving, partial(closer.post, "/control/submit-unlocked/", period)])
        changed += closed["count"] != _now(quarter).count
        _forget(PeriodReturn.objects.get(financial_year=quarter.year, quarter=quarter.number))
    # A few rounds may by chance meet less often than many do.
    wanted = rounds / 2 if rounds == SIZES["full"].rounds else 0
    is_right = changed > wanted if database == "postgresql" else changed == 0
    return Finding("  control without the row's lock", f"{rounds} rounds, {changed} changed afterwards", is_right)


def _forget(held: PeriodReturn) -> None:
    """A round leaves nothing behind, so that there are quarters enough."""
    Revision.objects.filter(actual__period_return=held).delete()
    ReturnEvent.objects.filter(period_return=held).delete()
    Actual.objects.filter(period_return=held).delete()
    held.delete()


if __name__ == "__main__":
    main()
