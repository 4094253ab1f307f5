"""The WSGI application: `amends.server.wsgi:application` for any server of Python's web."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.server.settings")

application = get_wsgi_application()
