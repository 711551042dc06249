"""What may be done with a return, by whom, in which state; and that nothing is lost or done twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from performance.calculations.periods import Quarter
from performance.models import Actual, CrimeCategory, PeriodReturn, ReturnEvent, ReturnState, Revision
from performance.refusals import Refused
from performance.returns.values import Entry
from tests.performance.conftest import Q1, TODAY, Desk

Seat = Callable[..., Desk]
KINDS = ("stranger", "viewer", "supplier", "officer", "administrator", "owner")
OFFICERS = {"officer", "administrator", "owner"}
ADMINISTRATORS = {"administrator", "owner"}
ALL = set(KINDS)

DECLARED: dict[str, dict[str, set[str]]] = {
    "save": {"draft": OFFICERS | {"supplier"}, "submitted": set(), "published": set()},
    "save another agency's": {"draft": OFFICERS, "submitted": set(), "published": set()},
    "submit": {"draft": OFFICERS, "submitted": set(), "published": set()},
    "send back": {"draft": set(), "submitted": ADMINISTRATORS, "published": set()},
    "publish": {"draft": set(), "submitted": ADMINISTRATORS, "published": set()},
    "revise": {"draft": set(), "submitted": set(), "published": OFFICERS},
}
"""Who may do what in which state. Everybody else is refused, and nothing changes."""

ACTS: dict[str, Callable[[Desk], object]] = {
    "save": lambda desk: desk.save({"robbery": 21}),
    "save another agency's": lambda desk: desk.save({"drug-misuse": 21}),
    "submit": lambda desk: desk.submit(),
    "send back": lambda desk: desk.send_back(),
    "publish": lambda desk: desk.publish(),
    "revise": lambda desk: desk.revise("robbery", 19),
}


def brought_to(state: str, seat: Seat) -> None:
    owner = seat("owner", "the owner before")
    owner.save({"robbery": 20})
    if state != "draft":
        owner.submit()
    if state == "published":
        owner.publish()


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (PeriodReturn, Actual, ReturnEvent, Revision)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", ReturnState.values)
@pytest.mark.parametrize("act", ACTS)
def test_every_state_person_and_act_has_its_outcome(desk: Seat, act: str, state: str, kind: str) -> None:
    brought_to(state, desk)
    person = desk(kind)
    before = everything()
    if kind in DECLARED[act][state]:
        ACTS[act](person)
        assert everything() != before
        event = ReturnEvent.objects.latest("pk")
        assert event.by == person.user
    else:
        with pytest.raises(Refused):
            ACTS[act](person)
        assert everything() == before


def test_a_return_goes_its_way(desk: Seat) -> None:
    officer, administrator = desk("officer"), desk("administrator")
    officer.save({"robbery": 20, "wounding": Entry(None, "not_yet_available")})
    officer.submit()
    administrator.send_back("Ask for wounding again")
    assert officer.held().state == ReturnState.DRAFT
    officer.save({"wounding": 101})
    officer.submit()
    administrator.publish()
    held = officer.held()
    assert (held.state, held.figures_as_at) == (ReturnState.PUBLISHED, date(2008, 7, 31))
    assert (held.submitted_by, held.published_by) == (officer.user, administrator.user)
    kinds = ["saved", "submitted", "sent_back", "saved", "submitted", "published"]
    assert list(ReturnEvent.objects.values_list("kind", flat=True)) == kinds


def test_a_period_that_is_not_over_takes_no_figures(desk: Seat) -> None:
    officer = desk("officer")
    officer.period = Quarter(Q1.year, 2)
    with pytest.raises(Refused, match="ends on 30 September 2008"):
        officer.save({"robbery": 20})
    assert officer.save({"robbery": 20}, today=date(2008, 10, 1)).written
    assert PeriodReturn.objects.filter(quarter=2).count() == 1


def test_a_supplied_total_alone_is_nothing_to_hand_in(desk: Seat) -> None:
    officer = desk("officer")
    officer.save({"all-bcs-crimes": 1350})
    with pytest.raises(Refused, match="nothing to hand in"):
        officer.submit()


def test_handing_in_says_what_is_missing(desk: Seat) -> None:
    officer = desk("officer")
    officer.save({"robbery": Entry(None, "not_yet_available")})
    with pytest.raises(Refused, match="nothing to hand in"):
        officer.submit()
    officer.save({"robbery": 20})
    with pytest.raises(Refused, match="missing"):
        officer.submit(accepted=False)
    expected = CrimeCategory.objects.expected_of(officer.partnership).values_list("slug", flat=True)
    assert len(expected) == 10
    officer.save({slug: 20 if number % 2 else Entry(None, "withheld") for number, slug in enumerate(expected)})
    officer.submit(accepted=False)


@pytest.mark.parametrize(
    ("as_at", "words"),
    [(date(2008, 6, 29), "ends on 30 June 2008"), (TODAY + timedelta(days=1), "has not come yet")],
)
def test_publishing_wants_a_day_that_can_be_true(desk: Seat, as_at: date, words: str) -> None:
    owner = desk("owner")
    owner.save({"robbery": 20})
    owner.submit()
    with pytest.raises(Refused, match=words):
        owner.publish(figures_as_at=as_at)
    assert owner.held().state == ReturnState.SUBMITTED


def test_sending_back_and_revising_want_a_reason(desk: Seat) -> None:
    owner = desk("owner")
    owner.save({"robbery": 20})
    owner.submit()
    with pytest.raises(Refused, match="why"):
        owner.send_back(" ")
    owner.publish()
    with pytest.raises(Refused, match="why"):
        owner.revise("robbery", 19, reason="\t")
    with pytest.raises(Refused, match="Nothing differs"):
        owner.revise("robbery", 20)
    with pytest.raises(Refused, match="not emptied"):
        owner.revise("robbery", Entry(None))


def test_a_revision_keeps_what_was(desk: Seat) -> None:
    owner = desk("owner")
    owner.save({"robbery": Entry(20, is_provisional=True)})
    owner.submit()
    owner.publish()
    owner.revise("robbery", Entry(20), reason="Final")
    owner.revise("robbery", 19, reason="One was cancelled")
    first, final, last = Revision.objects.order_by("version")
    assert (first.was_count, first.count, first.is_provisional) == (None, 20, True)
    assert (final.was_provisional, final.is_provisional, final.was_count, final.count) == (True, False, 20, 20)
    assert (last.was_count, last.count, last.event.reason, last.event.by) == (20, 19, "One was cancelled", owner.user)


def test_a_late_figure_comes_in_as_a_revision(desk: Seat) -> None:
    owner = desk("owner")
    owner.save({"robbery": 20})
    owner.submit()
    owner.publish()
    owner.revise("wounding", 101, reason="Came in late")
    assert owner.counts() == {"robbery": 20, "wounding": 101}


def test_two_people_who_do_not_collide_are_both_kept(desk: Seat) -> None:
    ann, ben = desk("officer", "ann"), desk("officer", "ben")
    ann.save({"robbery": 20, "wounding": 101})
    seen = ann.versions()
    ann.save({"robbery": 21, "wounding": 101}, seen)
    saved = ben.save({"robbery": 20, "wounding": 102}, seen)
    assert not saved.conflicts
    assert ben.counts() == {"robbery": 21, "wounding": 102}


def test_who_saves_second_is_told_whose_figure_it_met(desk: Seat) -> None:
    ann, ben = desk("officer", "ann"), desk("officer", "ben")
    ann.save({"robbery": 20})
    seen = ann.versions()
    ann.save({"robbery": 21}, seen)
    saved = ben.save({"robbery": 22, "wounding": 101}, seen)
    wounding, robbery = (CrimeCategory.objects.get(slug=slug).pk for slug in ("wounding", "robbery"))
    assert saved.written == {wounding: 1}
    conflict = saved.conflicts[robbery]
    assert (conflict.theirs.count, conflict.by, conflict.version) == (21, "ann", 2)
    assert ben.counts() == {"robbery": 21, "wounding": 101}
    assert ben.save({"robbery": 22}, {"robbery": conflict.version}).written == {robbery: 3}


def test_two_who_begin_the_same_figure_collide(desk: Seat) -> None:
    ann, ben = desk("officer", "ann"), desk("officer", "ben")
    ann.save({"robbery": 20})
    saved = ben.save({"robbery": 22}, {"robbery": 0})
    assert not saved.written
    assert not ben.save({"robbery": 20}, {"robbery": 0}).conflicts, "the same figure twice is no collision"
    assert not ben.save({"robbery": Entry(None)}, {"robbery": 0}).conflicts, "nor is a row left empty"
    assert ben.counts() == {"robbery": 20}


def test_a_form_sent_twice_is_done_once(desk: Seat) -> None:
    owner = desk("owner")
    token = uuid4()
    assert owner.save({"robbery": 20}, token=token).written
    owner.save({"robbery": 21})
    again = owner.save({"robbery": 20}, {"robbery": 0}, token=token)
    assert again.is_repeated
    assert owner.counts() == {"robbery": 21}
    token = uuid4()
    owner.submit(token=token)
    owner.submit(token=token)
    token = uuid4()
    owner.publish(token=token)
    owner.publish(token=token)
    token = uuid4()
    owner.revise("robbery", 19, token=token, seen=2)
    assert owner.revise("robbery", 19, token=token, seen=2).is_repeated
    assert [event.kind for event in ReturnEvent.objects.all()] == [
        "saved",
        "saved",
        "submitted",
        "published",
        "revised",
    ]


def test_a_page_that_was_gone_back_to_says_something_else_with_its_old_token(desk: Seat) -> None:
    owner = desk("owner")
    token = uuid4()
    owner.save({"robbery": 10}, token=token)
    assert owner.save({"robbery": 20, "wounding": 7}, token=token).written
    assert owner.counts() == {"robbery": 20, "wounding": 7}
    owner.submit(token=token)
    owner.send_back(token=token)
    owner.send_back(token=token)
    owner.submit(token=token)
    assert owner.held().state == ReturnState.SUBMITTED, "handed in once more is another act"
    owner.publish(token=token)
    owner.revise("robbery", 5, token=token)
    owner.revise("robbery", 9, token=token)
    assert owner.counts()["robbery"] == 9


def test_one_persons_form_is_not_anothers(desk: Seat) -> None:
    ann, ben = desk("officer", "ann"), desk("officer", "ben")
    token = uuid4()
    ann.save({"robbery": 10}, token=token)
    assert ben.save({"wounding": 7}, token=token).written


def test_a_figure_that_was_not_touched_is_told_when_it_is_newer(desk: Seat) -> None:
    ann, ben = desk("officer", "ann"), desk("officer", "ben")
    ann.save({"robbery": 10})
    ann.save({"robbery": 20})
    saved = ben.save({"robbery": 10}, {"robbery": 1})
    (newer,) = saved.newer.values()
    assert (newer.theirs.count, newer.version, newer.by) == (20, 2, "ann")
    assert not saved.conflicts


def test_times_are_those_of_st_albans(desk: Seat) -> None:
    """Half past eleven in the evening by UTC is half past midnight in summer."""
    ann, ben = desk("officer", "ann"), desk("officer", "ben")
    ann.save({"robbery": 10}, at=datetime(2008, 8, 5, 23, 30, tzinfo=UTC))
    (conflict,) = ben.save({"robbery": 11}, {"robbery": 0}).conflicts.values()
    assert f"{conflict.at:%d %H:%M}" == "06 00:30"


def test_a_save_without_a_change_leaves_no_trace(desk: Seat) -> None:
    owner = desk("owner")
    owner.save({"robbery": 20})
    before = everything()
    assert not owner.save({"robbery": 20}).written
    assert everything() == before
