"""Readers' pages are kept by edition, day and address: who gets a kept one, who never does, and when it is given up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from performance import public_pages
from performance.actions.editions import raise_edition, raise_shared_edition
from performance.models import Partnership, Role
from performance.public_pages import KEPT, Address, KeptPage, KeptPages, State
from performance.queries.editions import Editions, editions_of

PAGE = "/st-albans/agencies/"


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> Iterator[None]:
    settings.KEPT_PAGES_MEGABYTES = 32
    KEPT.clear()
    yield
    KEPT.clear()


def queries(client: Client, address: str = PAGE, headers: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address, headers=headers)
    return len(asked)


def test_a_kept_page_is_the_same_page_for_one_query(st_albans: Partnership, client: Client) -> None:
    first = client.get(PAGE)
    assert queries(client) == 1
    second = client.get(PAGE)
    assert (second.content, second.headers) == (first.content, first.headers)


def test_it_is_given_up_when_the_edition_is_raised(st_albans: Partnership, client: Client) -> None:
    client.get(PAGE)
    st_albans.agencies.filter(slug="police").update(name="Police of the county")
    raise_edition(st_albans)
    assert "Police of the county" in client.get(PAGE).content.decode()


def test_what_all_partnerships_share_is_an_edition_too(st_albans: Partnership, client: Client) -> None:
    client.get(PAGE)
    raise_shared_edition()
    assert queries(client) > 1
    assert queries(client) == 1


def test_another_partnerships_edition_leaves_it(st_albans: Partnership, elsewhere: Partnership, client: Client) -> None:
    client.get(PAGE)
    raise_edition(elsewhere)
    assert queries(client) == 1


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_taken_back_raises_nothing(elsewhere: Partnership) -> None:
    Partnership.objects.update(is_public=True)
    before = editions_of("elsewhere")
    with transaction.atomic():
        raise_edition(elsewhere)
        transaction.set_rollback(True)
    assert editions_of("elsewhere") == before


def test_editions_only_rise(st_albans: Partnership) -> None:
    numbers = []
    for _ in range(3):
        raise_edition(st_albans)
        numbers.append(editions_of("st-albans"))
    assert numbers == sorted(set(numbers))  # type: ignore[type-var]


def test_a_number_is_not_used_again_after_a_restore(st_albans: Partnership) -> None:
    """A copy of before is put back: what is published then is not taken for what was published after the copy."""
    raise_edition(st_albans)
    lost = editions_of("st-albans")
    st_albans.edition.delete()
    raise_edition(st_albans)
    assert editions_of("st-albans") != lost


def test_a_page_of_old_rows_is_not_kept_under_a_new_number(
    st_albans: Partnership, client: Client, rf: RequestFactory
) -> None:
    """A write is done while the page is worked out: the next reader does not get that page."""
    shown: list[str] = []

    @public_pages.published
    def slow(request: HttpRequest, slug: str) -> HttpResponse:
        rows = f"page {len(shown)}"
        shown.append(rows)
        if len(shown) == 1:
            raise_edition(st_albans)
        return HttpResponse(rows)

    serve = public_pages.kept_pages(lambda request: slow(request, "st-albans"))
    answers = [serve(rf.get(PAGE)).content for _ in range(3)]
    assert answers == [b"page 0", b"page 1", b"page 1"]


def test_who_has_the_page_is_told_so(st_albans: Partnership, client: Client) -> None:
    etag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
    KEPT.clear()
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
    assert queries(client, headers={"If-None-Match": etag}) == 1
    raise_edition(st_albans)
    answer = client.get(PAGE, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.headers["ETag"] != etag


def test_who_is_signed_in_never_gets_a_kept_page(
    st_albans: Partnership, person: Callable[..., User], client: Client
) -> None:
    etag = client.get(PAGE).headers["ETag"]
    member = Client()
    member.force_login(person("officer", st_albans, Role.OFFICER))
    answer = member.get(PAGE, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert "Signed in as" in answer.content.decode()
    assert "Signed in as" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("cookie", ["messages", "sessionid"])
def test_who_has_a_message_waiting_or_a_session_gets_a_page_of_their_own(
    st_albans: Partnership, client: Client, cookie: str
) -> None:
    client.get(PAGE)
    client.cookies[cookie] = "x"
    assert queries(client) > 1
    assert "ETag" not in client.get(PAGE).headers


def test_a_partnership_that_is_not_public_has_no_kept_page(elsewhere: Partnership, client: Client) -> None:
    assert client.get("/elsewhere/agencies/").status_code == 404
    Partnership.objects.filter(pk=elsewhere.pk).update(is_public=True)
    assert client.get("/elsewhere/agencies/").status_code == 200
    Partnership.objects.filter(pk=elsewhere.pk).update(is_public=False)
    assert client.get("/elsewhere/agencies/").status_code == 404


def test_two_processes_agree(st_albans: Partnership, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each keeps its own pages; the number that both ask for is in the database."""
    processes = KeptPages(), KeptPages()
    for process in processes:
        monkeypatch.setattr(public_pages, "KEPT", process)
        client.get(PAGE)
    st_albans.agencies.filter(slug="police").update(name="Police of the county")
    raise_edition(st_albans)
    for process in processes:
        monkeypatch.setattr(public_pages, "KEPT", process)
        assert "Police of the county" in client.get(PAGE).content.decode()


def test_tomorrow_it_is_worked_out_anew(
    st_albans: Partnership, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(PAGE)
    etag = client.get(PAGE).headers["ETag"]
    monkeypatch.setattr("performance.clock.today", lambda: date(2030, 1, 1))
    assert queries(client) > 1
    assert client.get(PAGE).headers["ETag"] != etag


def test_what_is_kept_goes_out_compressed_only_to_who_takes_it_so(st_albans: Partnership, client: Client) -> None:
    compressed = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    plain = client.get(PAGE)
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert queries(client, headers={"Accept-Encoding": "gzip"}) == queries(client) == 1


@pytest.mark.parametrize("host", ["evil.example.org", "127.0.0.1"])
def test_a_kept_page_is_for_its_host_alone(st_albans: Partnership, client: Client, host: str) -> None:
    client.get(PAGE)
    known = host == "127.0.0.1"
    answer = client.get(PAGE, headers={"Host": host})
    assert answer.status_code == (200 if known else 400)


def test_no_more_is_kept_than_there_is_room_for() -> None:
    state = State(Editions(1, 1), "2030-01-01")
    pages = KeptPages()
    addresses = [Address("http://here", f"/{number}/", "en-gb", False) for number in range(10)]
    for address in addresses:
        pages.keep(address, KeptPage(state, (), b"x" * 8_000), most=30_000)
        pages.get(addresses[0], state)
    assert [address in pages for address in addresses] == [True, *[False] * 7, True, True]
    pages.keep(addresses[1], KeptPage(state, (), b"x" * 31_000), most=30_000)
    assert addresses[1] not in pages


def test_with_no_room_nothing_is_kept(st_albans: Partnership, client: Client, settings: Settings) -> None:
    settings.KEPT_PAGES_MEGABYTES = 0
    assert "ETag" not in client.get(PAGE).headers
    assert queries(client) > 1
