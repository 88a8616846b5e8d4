"""页面服务入口: the WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.settings")
application = get_wsgi_application()

# Every page's module is loaded now, not while the first visitor waits. What is loaded by then lives as long as this process: looking through all of
# it for cycles again and again would stop some requests for a quarter of a second.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
