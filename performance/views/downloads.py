from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.calculations.periods import Period, Quarter
from performance.pages.dashboard import dashboard
from performance.pages.downloads import FORMATS, Download, quarter_download, year_download
from performance.pages.quarter import quarter_page
from performance.public_pages import published
from performance.queries import returns_held


@require_safe
@published
def download(request: HttpRequest, slug: str, period: Period, format: str) -> HttpResponse:
    """The figures of a quarter or a year, as its page shows them to this person."""
    standing = access.standing_in(slug, request.user, clock.today())
    file = _download_of(standing, period)
    if file is None:
        raise Http404("There are no figures for this period.")
    media_type, write = FORMATS[format]
    response = HttpResponse(write(file), content_type=media_type)
    name = f"{slug}-{period.slug.replace('/', '-')}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _download_of(standing: access.Standing, period: Period) -> Download | None:
    returns = returns_held(standing.returns)
    if isinstance(period, Quarter):
        return quarter_download(quarter_page(standing.partnership, returns, period, standing.day))
    return year_download(dashboard(standing.partnership, returns, period, standing.day))
