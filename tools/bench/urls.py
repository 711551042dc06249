"""The application's addresses, and two bare views beside them: a template, without a query and with one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from csp_site.urls import urlpatterns as addresses
from performance.models import Partnership

_TEMPLATE = engines["django"].from_string("<!DOCTYPE html><title>{{ title }}</title><h1>{{ title }}</h1>")


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_TEMPLATE.render({"title": "Bare"}, request))


def one_query(request: HttpRequest) -> HttpResponse:
    """By an index, as every page of a partnership begins."""
    partnership = Partnership.objects.get(slug="st-albans")
    return HttpResponse(_TEMPLATE.render({"title": partnership.title}, request))


urlpatterns = [path("bare/", bare), path("bare/one-query/", one_query), *addresses]
