"""One thing done to many filings: each through its own guard, with a report of what went."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from filings.refusals import Refused

# More at once is a mistake more often than a wish, and keeps a worker busy.
MOST = 100


@dataclass(slots=True)
class Report:
    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def each(consortia: Iterable, act: Callable[[int], object]) -> Report:
    """Call `act` with every filing's key, and go on where one is refused."""
    report = Report()
    for consortium in consortia:
        try:
            act(consortium.pk)
        except Refused as refused:
            report.refused.append((str(consortium), str(refused.message)))
        else:
            report.done.append(str(consortium))
    return report
