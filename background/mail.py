"""E-mail beside the request, and at once where somebody waits for the outcome."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from queue import Full
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from .queue import do_later

logger = logging.getLogger(__name__)


def mail_server() -> Any:
    """A connection that sends at once and raises what goes wrong; for work that is in the background already."""
    return get_connection(settings.MAIL_TRANSPORT)


class BackgroundBackend(BaseEmailBackend):
    """Takes messages for the background. Raises OSError where too many wait."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            try:
                do_later(partial(_send, message))
            except Full as full:
                raise OSError("too many e-mails are waiting") from full
        return len(email_messages)


def _send(message: EmailMessage) -> None:
    """Whatever is wrong with an address or the server, the thread goes on. The log has no address in it."""
    try:
        mail_server().send_messages([message])
    except Exception as error:
        logger.warning("An e-mail could not be sent: %s", type(error).__name__)
