"""The copy by SMS: what the gateway's template says, with the message's subject in it.

Mainland gateways send approved templates only, so the text itself stays in the portal. Without
the gateway's settings nothing is offered and nothing is sent.
"""

import re

from django.conf import settings

from accounts.models.user import MAINLAND_MOBILE
from notices.channels import aliyun
from notices.channels.outcomes import UndeliverableError
from notices.models import Message

_NUMBER = re.compile(MAINLAND_MOBILE.strip("^$"))
# What a variable of a template may have at most; no brackets, which mark the signature.
MOST_CHARACTERS = 35
_BRACKETS = str.maketrans("【】", "（）")


def is_enabled() -> bool:
    return bool(settings.SMS)


def send(message: Message) -> None:
    person = message.recipient
    if not person.phone:
        raise UndeliverableError("the person has taken the telephone number away")
    _send(person.phone, person.language, "notice", {"title": _title(message.subject)})


def send_code(number: str, language: str, code: str) -> None:
    """Send the code that proves a telephone number."""
    _send(number, language, "code", {"code": code})


def masked(text: str) -> str:
    """`text` with every mainland number in it made unreadable but for its ends."""
    return _NUMBER.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", text)


def _send(number: str, language: str, purpose: str, parameters: dict[str, str]) -> None:
    if not is_enabled():
        raise UndeliverableError("SMS is switched off")
    templates = settings.SMS["templates"]
    code = templates.get(f"{purpose}_{language}") or templates[purpose]
    aliyun.send_sms(settings.SMS, number, code, parameters)


def _title(subject: str) -> str:
    title = subject.translate(_BRACKETS)
    return title if len(title) <= MOST_CHARACTERS else f"{title[: MOST_CHARACTERS - 1]}…"
