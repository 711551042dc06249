"""What concerns safety, one line of JSON each: who came in, who was refused, what changed about signing in and roles.

No secret and nothing that was typed but a failed name's digest stands in it; line breaks are taken out. The owner reads
it at /admin/security-log/; the file is in `SECURITY_LOG`. See docs/security.md.
"""

from __future__ import annotations

import json
import logging
from collections import deque
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone
from simple_history.signals import post_create_historical_record

from csp_site.logs import address_without_keys, one_line, person_of
from performance.clock import now

logger = logging.getLogger("security")
SHOWN = 300
"""Lines that the page shows, the newest."""


def note(event: str, request: HttpRequest | None = None, person: Any = None, **facts: object) -> None:
    """Write one line. `person` is who it is about or who did it; without it, who is signed in."""
    line: dict[str, object] = {"at": timezone.localtime(now()).isoformat(timespec="seconds"), "event": event}
    if request is not None:
        line |= {
            "person": person_of(request),
            "from": get_adapter().get_client_ip(request),
            "address": address_without_keys(request.path),
        }
    if person is not None:
        line["person"] = str(person)
    line |= {name: one_line(str(value))[:200] for name, value in facts.items()}
    logger.info("%s", json.dumps(line, ensure_ascii=False))


def name_digest(name: str) -> str:
    """Tells two failed names apart; somebody may have typed a password there."""
    return sha256(f"{settings.SECRET_KEY} {name.strip().casefold()}".encode()).hexdigest()[:12]


def listen() -> None:
    """Hear of what Django, allauth and the history of people tell."""
    user_logged_in.connect(_signed_in, dispatch_uid="security log")
    user_logged_out.connect(_signed_out, dispatch_uid="security log")
    user_login_failed.connect(_failed, dispatch_uid="security log")
    for signal, event in (
        (password_changed, "password changed"),
        (password_set, "password set"),
        (password_reset, "password reset"),
    ):
        signal.connect(_about_user(event), weak=False, dispatch_uid=event)
    for signal, event in (
        (authenticator_added, "second step added"),
        (authenticator_removed, "second step removed"),
        (authenticator_reset, "recovery codes made anew"),
    ):
        signal.connect(_about_user(event), weak=False, dispatch_uid=event)
    post_create_historical_record.connect(_role, dispatch_uid="security log")


def _signed_in(request: HttpRequest, user: Any, **rest: object) -> None:
    note("signed in", request, user.pk)


def _signed_out(request: HttpRequest, user: Any, **rest: object) -> None:
    if user is not None:
        note("signed out", request, user.pk)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **rest: object) -> None:
    typed = str(credentials.get("username") or credentials.get("email") or "")
    note("sign-in failed", request, name=name_digest(typed))


def _about_user(event: str) -> Any:
    def tell(request: HttpRequest, user: Any, **rest: object) -> None:
        note(event, request, user.pk)

    return tell


def _role(instance: Any, history_instance: Any, history_user: Any = None, **rest: object) -> None:
    if type(instance).__name__ != "Membership":
        return
    by = history_user.pk if history_user is not None else "-"
    note(
        "role changed",
        person=instance.user_id,
        by=by,
        agency=instance.agency_id,
        role=instance.role,
        ends=instance.ended_on or "-",
    )


def latest(number: int = SHOWN) -> list[dict[str, object]]:
    """The newest lines of the file, the newest first; a line that cannot be read is left out."""
    file = Path(settings.SECURITY_LOG)
    if not file.exists():
        return []
    with file.open(errors="replace") as lines:
        newest = deque(lines, number)
    found = []
    for line in reversed(newest):
        try:
            read = json.loads(line)
            found.append(read | {"at": datetime.fromisoformat(read["at"])})
        except (ValueError, KeyError, TypeError):
            continue
    return found
