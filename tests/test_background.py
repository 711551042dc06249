"""Work beside the request: bounded, in order of its time, never lost without a word, and no request waits for it."""

from __future__ import annotations

import socket
import time
from queue import Full
from threading import Event

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.test import Client
from pytest_django import Settings

from background import queue
from background.queue import Queue


def test_work_is_done_in_the_order_of_its_time() -> None:
    waiting, done, last = Queue(), list[str](), Event()
    waiting.put(lambda: done.append("later"), after=0.1)
    waiting.put(last.set, after=0.1)
    waiting.put(lambda: done.append("sooner"), after=0)
    assert last.wait(10)
    assert done == ["sooner", "later"]


def test_what_fails_does_not_stop_what_follows() -> None:
    waiting, done = Queue(), Event()
    waiting.put(lambda: 1 / 0, after=0)
    waiting.put(done.set, after=0)
    assert done.wait(10)


def test_it_takes_so_many_and_no_more() -> None:
    waiting, gate = Queue(room=3), Event()
    for _ in range(3):
        waiting.put(gate.wait, after=60)
    with pytest.raises(Full):
        waiting.put(gate.wait)
    gate.set()
    assert waiting.finish(10)


def test_a_process_that_stops_does_what_waits_and_does_not_wait_for_ever() -> None:
    waiting, done, gate = Queue(), Event(), Event()
    waiting.put(done.set, after=600)
    assert waiting.finish(10)
    assert done.is_set()
    waiting.put(lambda: gate.wait(10), after=0)
    began = time.monotonic()
    assert not waiting.finish(0.2)
    assert time.monotonic() - began < 5
    gate.set()


def test_nobody_waits_for_a_mail_server_that_is_silent(settings: Settings) -> None:
    """It takes the connection and never says a word."""
    settings.WORK_BESIDE_REQUESTS = True
    settings.EMAIL_BACKEND = "background.mail.BackgroundBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        began = time.monotonic()
        send_mail("Subject", "Words", None, ["jo@example.org"])
        assert time.monotonic() - began < 0.5
        assert queue._queue.finish(20), "given up after its time"


def test_an_address_that_cannot_be_written_fails_in_the_background_alone(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "background.mail.BackgroundBackend"
    send_mail("Subject", "Words", None, ["a@。example.org"])
    send_mail("Subject", "Words", None, ["jo@example.org"])
    assert [message.to for message in mail.outbox] == [["jo@example.org"]]


@pytest.mark.django_db
def test_a_full_queue_is_told_to_whoever_sends(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WORK_BESIDE_REQUESTS = True
    settings.EMAIL_BACKEND = "background.mail.BackgroundBackend"
    monkeypatch.setattr(queue, "_queue", Queue(room=0))
    with pytest.raises(OSError, match="too many"):
        send_mail("Subject", "Words", None, ["jo@example.org"])
    answer = Client().post("/accounts/password/reset/", {"email": "jo@example.org"})
    assert answer.status_code == 302
