"""Reads: the files of a draft and the files of what was created of it, in the order of their slots."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from portal.files.models import Upload


def of_draft(draft_key: str) -> QuerySet[Upload]:
    """Return the files that the draft holds now."""
    return Upload.objects.filter(draft_key=draft_key, state=Upload.State.KEPT).exclude(draft_key="").order_by("slot")


def attached_to(ref: str) -> QuerySet[Upload]:
    """Return the files of one aggregate. Ask its owner's permission first."""
    return Upload.objects.filter(ref=ref, state=Upload.State.KEPT).exclude(ref="").order_by("slot")


def attached_to_each(refs: Iterable[str]) -> dict[str, list[Upload]]:
    """Return the files of many aggregates in one query; a missing key is an empty list."""
    files: dict[str, list[Upload]] = defaultdict(list)
    for upload in Upload.objects.filter(ref__in=list(refs), state=Upload.State.KEPT).order_by("ref", "slot"):
        files[upload.ref].append(upload)
    return files
