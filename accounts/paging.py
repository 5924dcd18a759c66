"""Pages of a list whose length nobody needs to the last row: counting stops where reading would."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 1000


def counted(queryset) -> int:
    """How many rows there are, or one more than `MOST`; the cost does not grow beyond that."""
    return queryset.order_by()[: MOST + 1].count()


def in_words(count: int) -> str:
    return f"{MOST}+" if count > MOST else str(count)


class CappedPaginator(Paginator):
    """The first `MOST` rows in pages; what lies further back is found by a filter or a search."""

    def page(self, number):
        """The rows of a page are chosen by their keys alone, and only they are read in full:
        sorting what a search found costs little when what is sorted is small."""
        found = super().page(number)
        keys = found.object_list.values("pk")
        found.object_list = self.object_list.filter(pk__in=keys)
        return found

    @cached_property
    def _counted(self) -> int:
        return counted(self.object_list)

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def in_words(self) -> str:
        return in_words(self._counted)
