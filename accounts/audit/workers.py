"""A task is the cause of what a worker writes while it runs it."""

from contextlib import ExitStack

from celery.signals import task_postrun, task_prerun

from accounts.audit.context import Source, caused_by, current

_running: dict[str, ExitStack] = {}


def task_begins(task_id, task, **_signal):
    source = Source(
        actor_id=None,
        address=current().address,
        request_id=task_id,
        origin=f"task {task.name}"[:100],
    )
    stack = ExitStack()
    stack.enter_context(caused_by(lambda: source))
    _running[task_id] = stack


def task_ends(task_id, **_signal):
    if stack := _running.pop(task_id, None):
        stack.close()


def connect() -> None:
    task_prerun.connect(task_begins)
    task_postrun.connect(task_ends)
