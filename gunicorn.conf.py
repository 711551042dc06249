"""How the application is served; read by gunicorn where it is started in this folder. See docs/running-it.md.

What the environment of a command line says goes before it: `gunicorn --bind … --workers …`.
"""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
# On SQLite eight requests at once at most, for its lock is not fair to many who wait.
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "4"))
worker_class = "gthread"
# Read once, before workers are forked: a new worker is there at once, where each would need seconds on a busy machine.
preload_app = True

# A worker that says nothing for so many seconds is replaced, and so is one that ended.
timeout = 30
# Seconds for which a worker that is stopped finishes what it has begun.
graceful_timeout = 10
keepalive = 5

# One line, 60 headers, 8 KB each: more than any browser sends.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

accesslog = None  # the proxy keeps it, without the keys that stand in addresses
loglevel = "warning"
control_socket_disable = True
