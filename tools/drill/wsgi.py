"""The application with the controls' addresses beside its own. Same settings, same middleware."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csp_site.settings")
settings.ROOT_URLCONF = "tools.drill.urls"
application = get_wsgi_application()
