"""Rows of a table that look at one and the same world, each as if it were the first."""

from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction


@contextmanager
def taken_back():
    """Whatever is written within is not there afterwards.

    A world that is led to its state by real moves costs far more than what a row of a table asks
    of it: it is made once for all rows, and each asks in a savepoint (and a subtest) of its own.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
