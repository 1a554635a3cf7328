"""The other names that editors add: they count at once, beside those that are shipped."""

import pytest
from django.core.exceptions import ValidationError

from portal.accounts.actions.editors import sync_editor
from portal.accounts.models import Role, User
from search.models import Synonym
from search.synonyms import installed
from tests.factories.accounts import OfficeFactory, holder
from tests.factories.pages import guide

pytestmark = pytest.mark.django_db


def test_names_that_mean_the_same_find_each_other_and_the_shipped_ones_stay():
    Synonym.objects.create(said="小饭桌、午托班")

    assert installed().said["小饭桌"] == ("午托班",)
    assert installed().said["午托班"] == ("小饭桌",)
    assert "居住证" in installed().said["暂住证"]


def test_what_residents_say_finds_what_is_written_and_not_the_other_way_round():
    Synonym.objects.create(said="小饭桌", means="校外托管")

    assert installed().said["小饭桌"] == ("校外托管",)
    assert "校外托管" not in installed().said


def test_a_new_name_counts_at_the_next_search_without_a_new_index(client, clock, background):
    guide("校外托管登记")
    background()
    assert "校外托管登记" not in client.get("/search/?q=小饭桌").content.decode()

    Synonym.objects.create(said="小饭桌", means="校外托管")

    assert "<mark>校外托管</mark>登记" in client.get("/search/?q=小饭桌").content.decode()


@pytest.mark.parametrize(
    ("said", "means", "field"),
    [("小饭桌", "", "means"), ("桌、小饭桌", "", "said"), ("小饭桌", "托", "said"), ("小飯桌", "小饭桌", "means")],
)
def test_what_the_search_could_not_use_is_refused_at_its_field(said, means, field):
    with pytest.raises(ValidationError) as refused:
        Synonym(said=said, means=means).full_clean()

    assert list(refused.value.message_dict) == [field]


def test_the_same_words_are_entered_once():
    Synonym.objects.create(said="小饭桌", means="校外托管")

    with pytest.raises(ValidationError):
        Synonym(said="小饭桌", means="课后服务").full_clean()


def test_editors_keep_the_list_in_the_back_office(client, clock):
    editor = holder(Role.EDITOR, OfficeFactory())
    sync_editor(editor.pk)
    client.force_login(User.objects.get(pk=editor.pk))

    page = client.post("/admin/search-synonyms/new/", {"said": "小饭桌", "means": "校外托管"}, follow=True)

    assert page.status_code == 200
    assert [str(one) for one in Synonym.objects.all()] == ["小饭桌 → 校外托管"]
