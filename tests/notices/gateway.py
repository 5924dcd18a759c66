"""A gateway on this machine that answers like Alibaba Cloud's, and believes no signature unchecked.

It reckons the signature anew from the bytes that arrived, after the published description, and
shares no line with the adapter.
"""

import hashlib
import hmac
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote

SECRET = "a secret of the gateway"
UNRESERVED = re.compile(rb"[A-Za-z0-9._~-]")


def percent(text: str) -> str:
    bytes_ = (bytes([b]) for b in text.encode())
    return "".join(b.decode() if UNRESERVED.match(b) else f"%{b[0]:02X}" for b in bytes_)


@dataclass
class Gateway:
    """What it was asked, and what it answers next: a code of its own, or how it misbehaves."""

    asked: list[dict] = field(default_factory=list)
    plan: list[str] = field(default_factory=list)
    endpoint: str = ""

    def account(self, **changes) -> dict:
        return {
            "endpoint": self.endpoint,
            "access_key_id": "an-id",
            "access_key_secret": SECRET,
            "sign_name": "南京示例",
            "templates": {"notice": "SMS_1", "notice_en": "SMS_2", "code": "SMS_3", "code_en": ""},
        } | changes


def expected_signature(handler) -> str:
    """The signature over what arrived, from the header's own list of signed names."""
    _path, _mark, query = handler.path.partition("?")
    pairs = sorted(pair.partition("=")[::2] for pair in query.split("&"))
    canonical = "&".join(f"{percent(unquote(k))}={percent(unquote(v))}" for k, v in pairs)
    said = dict(
        part.split("=", 1) for part in handler.headers["Authorization"].split(" ", 1)[1].split(",")
    )
    names = said["SignedHeaders"].split(";")
    assert {"host", "x-acs-action", "x-acs-date", "x-acs-signature-nonce"} <= set(names)
    headers = "".join(f"{name}:{handler.headers[name]}\n" for name in names)
    body = hashlib.sha256(b"").hexdigest()
    request = "\n".join(["POST", "/", canonical, headers, said["SignedHeaders"], body])
    digest = hashlib.sha256(request.encode()).hexdigest()
    text = f"ACS3-HMAC-SHA256\n{digest}"
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


def handler_of(gateway: Gateway):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            act = gateway.plan.pop(0) if gateway.plan else "OK"
            if not self.headers["Authorization"].endswith(f"Signature={expected_signature(self)}"):
                return self.answer(400, "SignatureDoesNotMatch")
            query = dict(parse_qsl(self.path.partition("?")[2]))
            if act in ("OK", "break off"):
                gateway.asked.append(query)
            if act == "break off":
                return self.connection.close()
            if act == "nonsense":
                return self.write(200, b"<html>")
            status = {"ServiceUnavailable": 503, "OK": 200}.get(act, 200)
            return self.answer(status, act, f"about {query['PhoneNumbers']}")

        def answer(self, status: int, code: str, words: str = ""):
            self.write(status, json.dumps({"Code": code, "Message": words}).encode())

        def write(self, status: int, body: bytes):
            self.send_response(status)
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            """Quiet: a test says what it saw."""

    return Handler


def running():
    """A gateway that listens until the generator is closed."""
    gateway = Gateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(gateway))
    gateway.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
