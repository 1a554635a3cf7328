"""Pages of a list that may have hundreds of thousands of rows."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

LAST_PAGE = 500


class BoundedPaginator(Paginator[Any]):
    """Counts and shows at most `LAST_PAGE` pages: nobody reads on, and a crawler must not make us count.

    What lies behind is reached through the filters.
    """

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        """Count the rows, but not beyond the last page that is shown."""
        return int(self.object_list.order_by()[: self._most].count())

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more rows than are counted."""
        return self.count >= self._most

    @property
    def _most(self) -> int:
        return LAST_PAGE * self.per_page
