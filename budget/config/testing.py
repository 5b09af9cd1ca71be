"""Django's settings while tests run: the site's own, over plain http, administration pages on."""

import os
from importlib import import_module

# The test client and Chromium speak plain http; what production leaves out is tested too.
os.environ.update(ADMIN="1", DEMO="0", HTTPS="0", PROXIES="0", REQUIRE_TOTP="", START_JOBS="0")

REAL = vars(import_module("budget.config.settings"))
globals().update({name: value for name, value in REAL.items() if name.isupper()})

# Tests roll back and use the same keys again; those of kept pages keep them themselves.
CACHES = {**REAL["CACHES"], "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
