from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView, TemplateView

from csp_site import add_partnership, errors, health, security_page

# One way to sign in, with its throttle: the admin's own form has none.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("health/", health.health, name="health"),
    # Where the proxy in front leads whoever sends more than any page takes.
    path("too-large/", require_safe(errors.too_large), name="too_large"),
    path("about/", require_safe(TemplateView.as_view(template_name="about.html")), name="about"),
    path("accounts/", include("csp_site.accounts.urls")),
    # The admin's own page for it has no throttle.
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="admin_password_change",
    ),
    path("admin/security-log/", security_page.security_log, name="security_log"),
    path("admin/add-partnership/", add_partnership.add, name="add_partnership"),
    path("admin/", admin.site.urls),
    path("", include("priorities.urls")),
    path("", include("performance.urls")),
]

handler400 = "csp_site.errors.bad_request"
handler403 = "csp_site.errors.forbidden"
handler404 = "csp_site.errors.not_found"
handler429 = "csp_site.errors.too_many"
handler500 = "csp_site.errors.server_error"
