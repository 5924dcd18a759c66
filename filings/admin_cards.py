"""The numbers on the workbench's overview; each room gives its own."""

from dataclasses import dataclass

from accounts.paging import in_words


@dataclass(frozen=True, slots=True)
class Card:
    """A number on the overview, with the list behind it; `urgent` when it should be nought."""

    label: str
    count: int
    url: str
    urgent: bool = False

    @property
    def number(self) -> str:
        return in_words(self.count)
