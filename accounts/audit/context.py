"""Who is at work here and now, and from where: a person's request, a task, or a process."""

import platform
import sys
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry of the trail says of its cause."""

    actor_id: int | None
    address: str
    request_id: str
    # The name of the page with its method, of the task, or of the command.
    origin: str

    def as_dict(self) -> dict:
        return asdict(self)


_PROCESS = Source(
    actor_id=None,
    address=platform.node(),
    request_id="",
    origin=" ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:100],
)
# Asked when something is written, not before: a person may sign in during the request.
_asked: ContextVar[Callable[[], Source] | None] = ContextVar("source", default=None)


def current() -> Source:
    ask = _asked.get()
    return ask() if ask else _PROCESS


@contextmanager
def caused_by(ask: Callable[[], Source]):
    """Have everything that is written within say that this was its cause."""
    token = _asked.set(ask)
    try:
        yield
    finally:
        _asked.reset(token)
