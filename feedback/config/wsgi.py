"""The entry point of the production web server."""

import gc
import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback.config.settings.production")
# Whoever waits for a page has gone by then; commands, which have no such limit, do what takes long.
os.environ.setdefault("EARSHOT_QUERY_SECONDS", "60")
application = get_wsgi_application()
# A web server does not run system checks by itself, and an unsafe one must not start.
call_command("check")
# All that is loaded by now stays loaded. Looking through it again and again for what could be thrown away made one page
# in a few hundred take a quarter of a second longer.
gc.collect()
gc.freeze()
