"""The e-mail of an invitation."""

from __future__ import annotations

from functools import partial
from queue import Full

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from background.mail import mail_server
from background.queue import do_later
from performance.models import Invitation
from performance.people.actions import Sent
from performance.wording import name_of, on_one_line


def send_invitation(sent: Sent) -> None:
    """Send it in the background; what goes wrong stands beside the invitation, on the page of people."""
    invitation = sent.invitation
    partnership = on_one_line(invitation.agency.partnership.title)
    words = render_to_string(
        "performance/invitation.txt",
        {
            "name": on_one_line(invitation.name),
            "agency": on_one_line(invitation.agency.name),
            "expires_at": invitation.expires_at,
            "partnership": partnership,
            "by": on_one_line(name_of(invitation.invited_by)),
            "role": invitation.get_role_display().lower(),
            "link": settings.SITE_URL + reverse("invitation", kwargs={"key": sent.key}),
        },
    )
    subject = f"You are invited to {partnership}"
    try:
        do_later(partial(_send, invitation.pk, subject, words, invitation.email))
    except Full:
        _keep_problem(invitation.pk, "too many e-mails are waiting")


def _send(pk: int, subject: str, words: str, address: str) -> None:
    try:
        send_mail(subject, words, None, [address], connection=mail_server())
    except Exception as error:  # whatever is wrong with the address or the server, the administrator is told
        _keep_problem(pk, f"{type(error).__name__}: {error}")


def _keep_problem(pk: int, problem: str) -> None:
    Invitation.objects.filter(pk=pk).update(problem=problem[:200])
