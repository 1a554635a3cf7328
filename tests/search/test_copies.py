"""Of each document its newest words are kept, in whatever order those who keep them come."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from search import copies
from search.completion import keys
from search.documents import Document
from search.models import Entry, Suggestion

pytestmark = pytest.mark.django_db


def test_a_copy_that_was_read_earlier_never_takes_the_place_of_a_newer_one():
    read, since = Document("guide:1", "guide", "居住证"), Document("guide:1", "guide", "居住证签注")
    copies.keep([since], (), 7)

    copies.keep([read, Document("guide:2", "guide", "户口")], (), 6)
    copies.keep((), ["guide:1"], 6)

    assert dict(Entry.objects.values_list("id", "title")) == {"guide:1": "居住证签注", "guide:2": "户口"}
    assert set(Suggestion.objects.values_list("text", flat=True)) == {"居住证签注", "户口"}

    copies.keep([read], ["guide:2"], 7)

    assert dict(Entry.objects.values_list("id", "title")) == {"guide:1": "居住证"}
    assert set(Suggestion.objects.values_list("text", flat=True)) == {"居住证"}


def test_what_not_everybody_may_find_is_not_suggested_from_then_on():
    copies.keep([Document("guide:1", "guide", "居住证")], (), 1)
    copies.keep([Document("guide:1", "guide", "居住证", audience="staff")], (), 2)

    assert Entry.objects.get().audience == "staff"
    assert not Suggestion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_who_keep_copies_at_once_leave_the_newest_of_each_and_wait_for_nobody():
    together = Barrier(4)

    def keep(position):
        documents = [Document(f"guide:{key}", "guide", f"第{position}次") for key in range(30)]
        try:
            connection.ensure_connection()
            together.wait(10)
            for turn in range(5):
                # Each in an order of its own, as kinds and changes come.
                copies.keep(documents[turn * position :] + documents[: turn * position], (), position)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(keep, position) for position in (1, 2, 3, 4)]:
            done.result()

    assert set(Entry.objects.values_list("title", flat=True)) == {"第4次"}
    assert Entry.objects.count() == 30
    assert set(Suggestion.objects.values_list("text", flat=True)) == {"第4次"}
    assert Suggestion.objects.count() == 30 * len(keys("第4次"))
