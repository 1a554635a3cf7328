"""Pages of a list that may have hundreds of thousands of rows."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

LAST_PAGE = 500


class BoundedPaginator(Paginator[Any]):
    """Counts and shows at most `last_page` pages: nobody reads on, and a crawler must not make us count.

    What lies behind is reached through the filters.
    """

    object_list: QuerySet[Any]

    def __init__(self, found: QuerySet[Any], per_page: int, *, last_page: int = LAST_PAGE) -> None:
        super().__init__(found, per_page)
        self.last_page = last_page

    @cached_property
    def count(self) -> int:
        """Count the rows, but not beyond the last page that is shown.

        In the list's order, for which there is an index: without any, PostgreSQL hopes to come upon
        that many soon, and reads everything where they are few.
        """
        return int(self.object_list[: self._most].count())

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more rows than are counted."""
        return self.count >= self._most

    @property
    def _most(self) -> int:
        return self.last_page * self.per_page
