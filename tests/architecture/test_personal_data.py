"""Every field of ours says what it holds, and what is sensitive lies sealed."""

import pytest
from django.apps import apps
from django.db import models
from wagtail.search.index import get_indexed_models

from portal.kernel.personal import FINGERPRINT, PUBLIC, SEALED, SENSITIVE, all_fields, classify, field_of

pytestmark = pytest.mark.unit

OURS = [model for model in apps.get_models() if model.__module__.startswith("portal.")]
FIELDS = [
    (model._meta.label, field)
    for model in OURS
    for field in model._meta.local_concrete_fields
    if not field.auto_created
]


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=[f"{model}.{field.name}" for model, field in FIELDS])
def test_every_field_of_ours_is_classified(model, field):
    assert field_of(model, field.name), f"say in data_classes.py what {model}.{field.name} holds"


def test_nothing_is_classified_that_does_not_exist():
    for field in all_fields():
        apps.get_model(field.model)._meta.get_field(field.name)


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=[f"{model}.{field.name}" for model, field in FIELDS])
def test_sensitive_text_is_sealed_or_a_fingerprint(model, field):
    said = field_of(model, field.name)
    is_text = isinstance(field, models.CharField | models.TextField)
    if said and said.data_class == SENSITIVE and is_text:
        assert field.name.endswith((SEALED, *FINGERPRINT))


def test_what_is_named_sealed_is_sensitive():
    for field in all_fields():
        assert not field.name.endswith(SEALED) or field.data_class == SENSITIVE


def test_no_index_takes_in_more_than_what_is_public():
    for model in get_indexed_models():
        if not model.__module__.startswith("portal."):
            continue
        own = {field.name for field in model._meta.local_concrete_fields}
        for indexed in model.get_search_fields():
            if getattr(indexed, "field_name", None) in own:
                assert field_of(model._meta.label, indexed.field_name).data_class == PUBLIC


def test_a_private_field_needs_subject_purpose_and_end():
    with pytest.raises(ValueError, match="say whose it is"):
        classify("portal_answers.Nothing", {"text": SENSITIVE})
