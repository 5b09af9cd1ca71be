"""``python -m bench.shelves RELEASES``: fill the database of DATABASE_URL, ask it, print JSON."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
    django.setup()
    # It needs the models, which are there only now.
    import_module("bench.shelving").run(int(sys.argv[1]))
