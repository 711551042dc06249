"""Signed-in clients, each with a connection of its own."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User

from performance.models import Membership, PartnerAgency, Role
from tools.demo import HOST

TOKEN = "d" * 32


class Client:
    """One officer's browser, as far as a form that is sent by script needs one."""

    statuses: Counter[int] = Counter()
    _lock = Lock()

    def __init__(self, port: int, name: str) -> None:
        user = User.objects.create_user(name)
        council = PartnerAgency.objects.get(slug="council")
        Membership.objects.create(user=user, agency=council, role=Role.ADMINISTRATOR)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self._cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={TOKEN}"
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def post(self, address: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status, and the answer where it is JSON."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN} | data)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Cookie": self._cookies,
        }
        try:
            self._connection.request("POST", address, body, headers)
            answer = self._connection.getresponse()
        except (OSError, http.client.HTTPException):
            # The server ends connections that were idle; what is sent once more is done once, that is the point.
            self._connection.close()
            self._connection.request("POST", address, body, headers)
            answer = self._connection.getresponse()
        content = answer.read()
        with self._lock:
            Client.statuses[answer.status] += 1
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status, json.loads(content) if is_json else {}


def at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each piece of work gives, all begun together."""
    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result() for each in [pool.submit(piece) for piece in work]]
