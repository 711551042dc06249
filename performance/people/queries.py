"""The people of a partnership, and those who were invited."""

from __future__ import annotations

from performance.models import Invitation, Membership, Partnership


def memberships_of(partnership: Partnership) -> tuple[Membership, ...]:
    """Every membership there is or was, agency by agency. One query."""
    rows = Membership.objects.filter(agency__partnership=partnership).select_related("user", "agency__partnership")
    return tuple(rows.order_by("agency__position", "user__first_name", "user__username", "pk"))


def invitations_of(partnership: Partnership) -> tuple[Invitation, ...]:
    """The invitations that were neither accepted nor withdrawn, the latest first. One query."""
    rows = Invitation.objects.filter(agency__partnership=partnership, accepted_at__isnull=True)
    return tuple(rows.filter(withdrawn_at__isnull=True).select_related("agency", "invited_by").order_by("-sent_at"))
