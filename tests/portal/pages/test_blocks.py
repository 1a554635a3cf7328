"""The blocks of an article's body: what they refuse, how they look in the chooser, and that migrations lose nothing."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail_localize.models import String, StringSegment, StringTranslation, TranslationSource

from portal.pages.blocks.body import BODY
from portal.pages.blocks.links import LinkBlock
from portal.pages.blocks.media import PictureBlock
from portal.pages.models import NewsPage
from portal.pages.models.fields import BlocksField
from tests.factories.pages import home, news, picture
from tests.portal.pages.test_articles import full_body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize("name", [name for name, _block in BODY])
def test_every_block_has_a_preview_and_says_what_it_is_for(name):
    picture()
    block = NewsPage._meta.get_field("body").stream_block.child_blocks[name]

    assert block.is_previewable
    assert block.meta.description
    assert block.render(block.get_preview_value()).strip() or name == "document"


def test_a_picture_needs_words_for_those_who_do_not_see_it():
    block = PictureBlock()
    image = {"image": picture().pk, "decorative": False, "alt_text": ""}

    with pytest.raises(ValidationError):
        block.clean(block.to_python({"picture": image, "caption": ""}))
    block.clean(block.to_python({"picture": image | {"alt_text": "湖"}, "caption": ""}))
    block.clean(block.to_python({"picture": image | {"decorative": True}, "caption": ""}))


@pytest.mark.parametrize(
    ("link", "where"),
    [
        ({"page": None, "address": "", "text": "去哪里"}, "address"),
        ({"page": None, "address": "https://example.org/", "text": ""}, "text"),
    ],
)
def test_a_link_has_one_aim_and_words(link, where):
    block = LinkBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(link))
    assert list(refused.value.block_errors) == [where]


def test_translators_get_the_words_of_every_block_and_figures_stay():
    english = home("en").locale
    page = news(body=full_body(picture()))
    source, _created = TranslationSource.update_or_create_from_instance(page)
    for chinese, words in {
        "对象": "Who",
        "八十岁以上": "Over eighty",
        "怎么去": "How to get there",
        "清晨的湖": "A lake",
    }.items():
        string = String.objects.get(data=chinese)
        for segment in StringSegment.objects.filter(string=string, source=source):
            StringTranslation.objects.create(
                translation_of=string, locale=english, context=segment.context, data=words, translation_type="manual"
            )
    translated = source.create_or_update_translation(english, fallback=True)[0]
    blocks = {block.block_type: block.value for block in translated.body}

    assert blocks["heading"]["text"] == "How to get there"
    assert blocks["picture"]["picture"].contextual_alt_text == "A lake"
    assert [column["heading"] for column in blocks["table"]["table"].columns] == ["Who", "元"]
    assert [list(row["values"]) for row in blocks["table"]["table"].row_data] == [["Over eighty", 120]]


def test_blocks_stay_out_of_migrations():
    _name, path, args, kwargs = NewsPage._meta.get_field("body").deconstruct()

    assert path == "portal.pages.models.fields.BlocksField"
    assert args == []
    assert "block_lookup" not in kwargs


def test_a_migration_that_saves_a_page_loses_none_of_its_blocks():
    page = news(body=[{"type": "heading", "value": {"text": "怎么去", "level": "2"}}])
    stored = NewsPage.objects.values_list("body", flat=True).get(pk=page.pk).get_prep_value()
    blind = BlocksField()
    read = blind.to_python(stored)

    assert blind.get_prep_value(read) == stored
    assert read[0]["value"]["text"] == "怎么去"
