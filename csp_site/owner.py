"""The admin site of the installation's owner."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.db import transaction
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., Any])


class OwnersSite(AdminSite):
    """Django's, where whatever is sent raises the edition of what all partnerships share.

    The owner changes few rows, and any of them may stand on any page: a partnership's name, a category, an account.
    """

    site_header = site_title = "Community safety performance: installation"

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        # Models are not loaded yet when this module is.
        from performance.actions.editions import raise_shared_edition  # noqa: PLC0415

        inner: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        @wraps(inner)
        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST" or not self.has_permission(request):
                return inner(request, *args, **kwargs)
            with transaction.atomic():
                raise_shared_edition()
                return inner(request, *args, **kwargs)

        return cast(View, seen)


class OwnersAdmin(AdminConfig):
    default_site = "csp_site.owner.OwnersSite"
