"""Reminders: whom a return that is not in concerns today, and one e-mail to each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from queue import Full

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from background.mail import mail_server
from background.queue import do_later
from performance.calculations.deadlines import Lateness, Party, lateness
from performance.calculations.periods import Quarter
from performance.models import Partnership, Reminder, ReturnState, Role
from performance.queries import Member
from performance.returns.queries import Progress, Supply
from performance.wording import in_sentence, listed

_BY_STAGE = list(Lateness)


@dataclass(frozen=True, slots=True)
class Item:
    """One return of which a person is reminded."""

    partnership: Partnership
    quarter: Quarter
    due: date
    stage: str
    missing: str
    day: date | None = None

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}" + reverse("return", args=[self.partnership.slug, self.quarter])


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one person is reminded of, in one e-mail."""

    user: int
    name: str
    address: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one digest: nothing to say, sent, or why it failed."""

    address: str
    items: int
    problem: str = ""


def digests(
    waiting: Iterable[tuple[Partnership, Iterable[Progress], Iterable[Member]]], today: date
) -> tuple[Digest, ...]:
    """Whom to remind of what today: one digest a person, over all partnerships. Nothing is written or sent."""
    people: dict[int, Member] = {}
    found: dict[int, list[Item]] = {}
    for partnership, progress, members in waiting:
        everyone = list(members)
        for each in progress:
            is_open = each.state is ReturnState.DRAFT and each.period.ends < today
            if not is_open or not isinstance(each.period, Quarter):
                continue
            for user, item in _of_return(partnership, each, each.period, everyone, today).items():
                found.setdefault(user, []).append(item)
        people |= {member.user: member for member in everyone}
    return tuple(Digest(user, people[user].name, people[user].address, tuple(items)) for user, items in found.items())


def _of_return(
    partnership: Partnership, progress: Progress, quarter: Quarter, members: list[Member], today: date
) -> dict[int, Item]:
    """One item a person: where somebody is concerned twice, the later stage."""
    supplies = {supply.agency: supply for supply in progress.supplies if supply.missing}
    found: dict[int, tuple[Lateness, str]] = {}
    for member in members:
        for stage, missing in _concerns(member, progress, supplies, today):
            known = found.get(member.user)
            if known is None or _BY_STAGE.index(stage) > _BY_STAGE.index(known[0]):
                found[member.user] = (stage, missing)
            elif stage is known[0] and missing not in known[1]:
                found[member.user] = (stage, f"{known[1]}; {missing}")
    return {
        user: Item(partnership, quarter, progress.due, stage.value, missing) for user, (stage, missing) in found.items()
    }


def _concerns(
    member: Member, progress: Progress, supplies: dict[int | None, Supply], today: date
) -> Iterable[tuple[Lateness, str]]:
    supply = supplies.get(member.agency)
    if supply and (stage := lateness(progress.due, today, Party.SUPPLIER)):
        yield stage, _names(supply.missing)
    party = {Role.OFFICER: Party.OFFICER, Role.ADMINISTRATOR: Party.ADMINISTRATOR}.get(member.role)
    if party and (stage := lateness(progress.due, today, party)):
        by_agency = [f"{each.name}: {_names(each.missing)}" for each in supplies.values()]
        yield stage, "; ".join(by_agency) or "all figures are in; it waits to be handed in"


def asked_for(partnership: Partnership, progress: Progress, members: Sequence[Member], day: date) -> tuple[Digest, ...]:
    """A reminder by hand, for those whose agencies have not supplied everything yet."""
    if not isinstance(progress.period, Quarter):
        return ()
    supplies = {supply.agency: supply for supply in progress.supplies if supply.missing}
    people = {member.user: member for member in members if member.agency in supplies}
    found = []
    for user, person in people.items():
        agencies = [each.agency for each in members if each.user == user and each.agency in supplies]
        missing = "; ".join(_names(supplies[agency].missing) for agency in agencies)
        item = Item(partnership, progress.period, progress.due, Reminder.Stage.ASKED.value, missing, day)
        found.append(Digest(user, person.name, person.address, (item,)))
    return tuple(found)


def _names(missing: Iterable[str]) -> str:
    return listed([in_sentence(name) for name in missing])


def send(found: Iterable[Digest], *, at: datetime, asked_by: int | None = None) -> tuple[Sent, ...]:
    """Send each person what was not sent to that person before; an address that fails does not stop the others.

    Each item is claimed in the database first, then the e-mail is sent, outside any transaction, then its outcome is
    kept. What failed is tried again by the next run.
    """
    claims = (claim(digest, at=at, asked_by=asked_by) for digest in found)
    return tuple(deliver(each) for each in claims if each.items)


@dataclass(frozen=True, slots=True)
class Claim:
    """What of a digest is ours to send: the items, and the numbers of their rows."""

    digest: Digest
    items: tuple[Item, ...]
    rows: tuple[int, ...]


def claim(digest: Digest, *, at: datetime, asked_by: int | None = None) -> Claim:
    """Note in the database what is about to be sent, so that nobody else sends it."""
    claimed = [(item, pk) for item in digest.items if (pk := _claim(digest, item, at, asked_by)) is not None]
    return Claim(digest, tuple(item for item, _ in claimed), tuple(pk for _, pk in claimed))


def deliver(claimed: Claim) -> Sent:
    """Send what was claimed, and keep what became of it."""
    problem = _mail(claimed.digest, claimed.items)
    _keep_outcome(claimed, problem)
    return Sent(claimed.digest.address, len(claimed.items), problem)


def deliver_later(claimed: Claim) -> None:
    """The same in the background."""
    try:
        do_later(partial(deliver, claimed))
    except Full:
        _keep_outcome(claimed, "Too many e-mails are waiting")


def _keep_outcome(claimed: Claim, problem: str) -> None:
    outcome = Reminder.Outcome.FAILED if problem else Reminder.Outcome.SENT
    Reminder.objects.filter(pk__in=claimed.rows).update(outcome=outcome, problem=problem[:200])


def _claim(digest: Digest, item: Item, at: datetime, asked_by: int | None) -> int | None:
    """The reminder's row, where it is ours to send: it was not there, or it had failed."""
    with transaction.atomic():
        row, is_new = Reminder.objects.get_or_create(
            partnership=item.partnership,
            user_id=digest.user,
            financial_year=item.quarter.year,
            quarter=item.quarter.number,
            stage=item.stage,
            day=item.day,
            defaults={"address": digest.address, "missing": item.missing, "at": at, "asked_by_id": asked_by},
        )
        if is_new:
            return row.pk
        failed = Reminder.objects.filter(pk=row.pk, outcome=Reminder.Outcome.FAILED)
        again = failed.update(outcome=Reminder.Outcome.SENDING, address=digest.address, missing=item.missing, at=at)
        return row.pk if again else None


def _mail(digest: Digest, items: tuple[Item, ...]) -> str:
    """Send one digest; why it failed, or nothing."""
    first = items[0]
    subject = (
        f"{first.partnership.name}: figures for {first.quarter.dates}"
        if len(items) == 1
        else f"{first.partnership.name}: figures for {len(items)} quarters"
    )
    text = render_to_string("performance/reminder.txt", {"digest": digest, "items": items})
    try:
        send_mail(subject, text, None, [digest.address], connection=mail_server())
    except Exception as error:  # whatever is wrong with one address or with the server: the others are still tried
        return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return ""
