"""How gunicorn serves the site: ``gunicorn -c python:budget.config.serving budget.config.wsgi``.

Few processes with threads: pages wait for the database, and documents are made by workers of the
queue. A process ends after some thousand requests, so that nothing that leaks grows for ever.
"""

import multiprocessing
import os

from budget.config import logs

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_PROCESSES") or multiprocessing.cpu_count())
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
logconfig_dict = logs.logging(lines=True)
