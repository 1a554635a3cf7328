"""Pack what is held about a person: JSON for machines, a page for people, their files."""

import json
import tempfile
import zipfile
from datetime import datetime
from pathlib import PurePath
from shutil import copyfileobj
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language

from portal.accounts.holdings import Holdings
from portal.kernel import clock as clocks

IN_MEMORY = 8 * 1024 * 1024  # bytes; beyond it the package is built on disk


def pack(holdings: Holdings, *, made_at: datetime) -> IO[bytes]:
    """Return a ZIP of `data.json`, `index.html` and `files/…`, at its beginning; the caller closes it."""
    package: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — the response closes it
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        files = [
            (f"files/{number:02d}-{PurePath(file.name).name}", file) for number, file in enumerate(holdings.files, 1)
        ]
        archive.writestr("data.json", _json(holdings, made_at))
        archive.writestr("index.html", _page(holdings, made_at, [name for name, _file in files]))
        for name, file in files:
            # Pictures and office files are compressed already.
            entry = zipfile.ZipInfo(name)
            with file.open() as content, archive.open(entry, "w", force_zip64=True) as target:
                copyfileobj(content, target)
    package.seek(0)
    return package


def packed(holdings: Holdings, name: str) -> HttpResponseBase:
    """Answer with a package, to be saved."""
    content = pack(holdings, made_at=clocks.installed().now())
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")


def _json(holdings: Holdings, made_at: datetime) -> str:
    tables: dict[str, list[dict[str, Any]]] = {}
    for table in holdings.tables:  # two apps may tell of the same table, and of the same row
        rows = tables.setdefault(table.model, [])
        rows += [row for row in table.rows if row not in rows]
    told = {"format": "yishi.personal-data.1", "made_at": made_at, "tables": tables}
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _page(holdings: Holdings, made_at: datetime, files: list[str]) -> str:
    return render_to_string(
        "portal/accounts/personal/package.html",
        {
            "tables": [(table.heading, [_read(table.words, row) for row in table.rows]) for table in holdings.tables],
            "made_at": made_at,
            "files": files,
            "language": get_language(),
        },
    )


def _read(words: Any, row: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(words[name], row[name]) for name in words if row.get(name) not in (None, "")]
