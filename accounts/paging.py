"""Pages of a list whose length nobody needs to the last row: counting stops where reading would."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 1000


def counted(queryset, most: int | None = None) -> int:
    """How many rows there are, or one more than `most` (`MOST`); the cost does not grow beyond
    that."""
    return queryset.order_by()[: (most or MOST) + 1].count()


def in_words(count: int, most: int | None = None) -> str:
    most = most or MOST
    return f"{most}+" if count > most else str(count)


class CappedPaginator(Paginator):
    """The first `most` rows in pages (`MOST` where a list does not say); what lies further back is
    found by a filter or a search."""

    most: int | None = None

    def page(self, number):
        """The rows of a page are chosen by their keys alone, and only they are read in full:
        sorting what a search found costs little when what is sorted is small."""
        found = super().page(number)
        keys = found.object_list.values("pk")
        found.object_list = self.object_list.filter(pk__in=keys)
        return found

    @cached_property
    def _counted(self) -> int:
        return counted(self.object_list, self.most)

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.most or MOST)

    @property
    def in_words(self) -> str:
        return in_words(self._counted, self.most)
