"""How gunicorn serves the portal, embedded and in production alike."""

import os

bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# A worker that hangs is replaced; one that has served long enough gives its memory back.
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
# The proxy writes the access log, without the tokens that some addresses carry.
accesslog = None
control_socket_disable = True
