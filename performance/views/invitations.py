"""The e-mail of an invitation."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from performance.actions.people import Sent
from performance.queries.people import name_of


def send_invitation(sent: Sent) -> str:
    """Send it; why it could not be sent, or nothing."""
    invitation = sent.invitation
    words = render_to_string(
        "performance/invitation.txt",
        {
            "invitation": invitation,
            "partnership": invitation.agency.partnership,
            "by": name_of(invitation.invited_by),
            "role": invitation.get_role_display().lower(),
            "link": settings.SITE_URL + reverse("invitation", kwargs={"key": sent.key}),
        },
    )
    subject = f"You are invited to {invitation.agency.partnership.title}".replace("\n", " ")
    try:
        send_mail(subject, words, None, [invitation.email])
    except (SMTPException, OSError) as error:
        return str(error)
    return ""
