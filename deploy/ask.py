#!/usr/bin/env python3
"""Ask the web process of this container for a page: ask.py /readyz. For health checks."""

import http.client
import sys

link = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
try:
    link.request("GET", sys.argv[1])
    answer = link.getresponse()
except OSError as error:
    sys.exit(f"no answer: {error}")
print(answer.read().decode())
sys.exit(answer.status != http.HTTPStatus.OK)
