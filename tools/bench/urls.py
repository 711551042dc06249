"""The application's addresses, and one bare view beside them: a template, no query."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from csp_site.urls import urlpatterns as addresses

_TEMPLATE = engines["django"].from_string("<!DOCTYPE html><title>{{ title }}</title><h1>{{ title }}</h1>")


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_TEMPLATE.render({"title": "Bare"}, request))


urlpatterns = [path("bare/", bare), *addresses]
