"""Alibaba Cloud's Short Message Service: `SendSms`, signed by ACS3-HMAC-SHA256.

The gateway takes a copy as often as it is asked to: it knows no idempotent requests. So a request
whose answer never came is in doubt, and not simply tried again.
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC
from urllib.parse import quote, urlsplit

import urllib3
from django.utils import timezone

from notices.channels.outcomes import InDoubtError, NotSentError, UndeliverableError

ACTION, VERSION, ALGORITHM = "SendSms", "2017-05-25", "ACS3-HMAC-SHA256"
# That this number gets nothing is no fault of ours, and will not change by the next attempt.
HOPELESS = {"isv.MOBILE_NUMBER_ILLEGAL", "isv.BLACK_KEY_CONTROL_LIMIT"}
_http = urllib3.PoolManager(timeout=urllib3.Timeout(connect=5, read=10), retries=False)


def send_sms(account: Mapping, number: str, template: str, parameters: Mapping[str, str]) -> None:
    """Hand one SMS to the gateway; `account` is `settings.SMS`."""
    query = {
        "PhoneNumbers": number,
        "SignName": account["sign_name"],
        "TemplateCode": template,
        "TemplateParam": json.dumps(parameters, ensure_ascii=False, separators=(",", ":")),
    }
    endpoint = urlsplit(account["endpoint"])
    headers = {
        "host": endpoint.netloc,
        "x-acs-action": ACTION,
        "x-acs-content-sha256": _sha256(b""),
        "x-acs-date": timezone.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": uuid.uuid4().hex,
        "x-acs-version": VERSION,
    }
    headers["Authorization"] = authorization(
        account["access_key_id"], account["access_key_secret"], query, headers
    )
    url = f"{endpoint.scheme}://{endpoint.netloc}/?{_canonical(query)}"
    _judge(_post(url, headers | {"accept": "application/json"}))


def authorization(key_id: str, secret: str, query: Mapping, headers: Mapping[str, str]) -> str:
    """The header that proves who asks: an HMAC over method, path, query, headers and empty body."""
    names = sorted(headers)
    signed = ";".join(names)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    request = f"POST\n/\n{_canonical(query)}\n{lines}\n{signed}\n{headers['x-acs-content-sha256']}"
    text = f"{ALGORITHM}\n{_sha256(request.encode())}"
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={signed},Signature={signature}"


def _canonical(query: Mapping[str, str]) -> str:
    return "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in sorted(query.items()))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _post(url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
    try:
        return _http.request("POST", url, headers=headers)
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
        raise NotSentError(type(error).__name__) from error
    except urllib3.exceptions.HTTPError as error:
        # The URL, which such errors may quote, names the person's number.
        raise InDoubtError(type(error).__name__) from error


def _judge(response: urllib3.BaseHTTPResponse) -> None:
    try:
        answer = response.json()
    except ValueError:
        answer = {}
    code = str(answer.get("Code", "")) if isinstance(answer, dict) else ""
    if response.status == 200 and code == "OK":
        return
    words = f"HTTP {response.status} {code}: {answer.get('Message', '') if code else ''}"
    if code in HOPELESS:
        raise UndeliverableError(words)
    # Where the gateway itself broke, or answers in no words that it knows, it may have sent.
    raise InDoubtError(words) if response.status >= 500 or not code else NotSentError(words)
