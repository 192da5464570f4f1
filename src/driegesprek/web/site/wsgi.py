"""What the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driegesprek.web.site.settings")
application = get_wsgi_application()
get_resolver().check()  # loads every view now: the first visitor does not wait for it, and what is broken shows at once
# What was loaded stays: the collector need not look at it again, which took a third of a second in the midst of a request.
gc.collect()
gc.freeze()
# A request makes a few thousand objects that are all gone after it: there is nothing to look for in its midst.
gc.set_threshold(10_000, 20, 20)
