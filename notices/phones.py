"""Whose telephone it is: whoever reads a code sent to a number may have messages sent to it.

Until it is proved a number is kept in the session alone, with a fingerprint of its code.
"""

import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

VALID_FOR = timedelta(minutes=10)


def new_proof(number: str, now: datetime) -> tuple[str, dict]:
    """A fresh code, and what to remember of it until it is typed in."""
    code = f"{secrets.randbelow(10**6):06d}"
    until = (now + VALID_FOR).isoformat()
    return code, {"number": number, "digest": _digest(number, code), "until": until}


def is_open(proof: dict | None, now: datetime) -> bool:
    return bool(proof) and now < datetime.fromisoformat(proof["until"])


def proves(proof: dict, code: str) -> bool:
    return constant_time_compare(proof["digest"], _digest(proof["number"], code))


def set_number(user, number: str) -> None:
    """Keep a proved number; an empty one ends the SMS."""
    user.phone = number
    user.save(update_fields=["phone"])


def _digest(number: str, code: str) -> str:
    return salted_hmac("notices.phones", f"{number}:{code}", algorithm="sha256").hexdigest()
