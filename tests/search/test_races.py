"""Many people search at once: each is counted."""

import pytest

from search.counting import Outcome, count
from search.models import QueryCount, QueryText
from tests.factories.searches import TODAY
from tests.portal.accounts.test_races import in_parallel

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_search_is_counted_and_one_place_once():
    in_parallel(*[lambda: count("居住证", "zh-Hans", Outcome.IN_VAIN, "10.0.0.1", TODAY)] * 6)

    assert QueryCount.objects.values_list("searches", "in_vain").get() == (6, 6)
    assert QueryText.objects.get().people == 1
