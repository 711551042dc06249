"""The application with the benchmark's addresses. Same settings, same middleware, same process."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csp_site.settings")
settings.ROOT_URLCONF = "tools.bench.urls"
application = get_wsgi_application()
