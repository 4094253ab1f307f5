"""The WSGI application: `granian --interface wsgi amends.server.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.server.settings")

application = get_wsgi_application()
