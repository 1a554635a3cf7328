"""Editors' documents are shown by Wagtail's view and nowhere else."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Document.objects.create(title="申请表", file=ContentFile(b"%PDF-1.4", name="form.pdf"))


def test_a_document_has_the_address_of_the_view(document):
    assert document.url == f"/documents/{document.pk}/form.pdf"


def test_a_document_is_served_without_room_for_script(client, document):
    response = client.get(document.url)

    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_document_of_a_private_collection_is_not_served_to_visitors(client, document):
    collection = Collection.get_first_root_node().add_child(name="内部")
    document.collection = collection
    document.save()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)

    assert client.get(document.url).status_code == 302


def test_the_folder_of_documents_has_no_address_of_its_own(client, document):
    assert client.get(document.file.url).status_code == 404
