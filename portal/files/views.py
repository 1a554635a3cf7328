"""Hand out a file to those who may have it: asked every time, never by a link that is itself the key."""

import logging
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.requests import Request
from portal.files.access import may_open
from portal.files.models import Upload

logger = logging.getLogger(__name__)


@require_safe
def download(request: Request, upload_id: UUID) -> HttpResponseBase:
    """Answer with the file, or 404 for one that is unknown, removed, a draft's or not this actor's."""
    upload = Upload.objects.filter(id=upload_id, state=Upload.State.KEPT).first()
    if upload is None or not (upload.is_public or may_open(request.actor, upload.ref)):
        raise Http404("no such file")
    response = _from_proxy(upload) if settings.PRIVATE_ACCEL_PREFIX else _from_storage(upload)
    return _harmless(response)


def _from_proxy(upload: Upload) -> HttpResponseBase:
    """Let the proxy send the bytes from its internal location: the worker is free again at once."""
    response = HttpResponse(content_type=upload.content_type)
    response["X-Accel-Redirect"] = f"{settings.PRIVATE_ACCEL_PREFIX}{upload.path}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=upload.name) or ""
    return response


def _from_storage(upload: Upload) -> HttpResponseBase:
    try:
        content = upload.open()
    except Exception as error:  # storages fail with classes of their own
        logger.error("upload_not_readable", extra={"upload": str(upload.id), "error": type(error).__name__})
        return HttpResponse(
            _("附件暂时无法读取，请稍后再试。"),
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": "60"},
        )
    return FileResponse(content, as_attachment=True, filename=upload.name, content_type=upload.content_type)


def _harmless(response: HttpResponseBase) -> HttpResponseBase:
    """Whatever the bytes are, the browser saves them and runs nothing; no cache keeps them."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
