"""Where private bytes lie on the small installation: a folder that no server shows.

A city puts an S3 storage under the same alias (``STORAGES["private"]``).
"""

import os
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files below ``PRIVATE_ROOT``, whole or not at all, readable by the product only.

    Where the proxy sends them (``PRIVATE_ACCEL_PREFIX``), also by the product's group, which it is in.
    Bytes are written beside their place, flushed to the disk and moved into it: a full disk
    or a power cut leaves no half file, and a receipt's attachments survive with the receipt.
    """

    def __init__(self) -> None:
        self._file_mode, self._folder_mode = (0o640, 0o750) if settings.PRIVATE_ACCEL_PREFIX else (0o600, 0o700)
        super().__init__(
            location=settings.PRIVATE_ROOT,
            file_permissions_mode=self._file_mode,
            directory_permissions_mode=self._folder_mode,
        )

    def url(self, name: str | None) -> str:
        """Refuse: there is no address of a private file, only the view that asks first."""
        raise ValueError("private files have no address")

    def _save(self, name: str, content: "File[Any]") -> str:
        target = self.path(name)
        folder = os.path.dirname(target)
        os.makedirs(folder, mode=self._folder_mode, exist_ok=True)
        draft = f"{target}.part"
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self._file_mode), "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            os.replace(draft, target)
        except BaseException:
            if os.path.exists(draft):
                os.unlink(draft)
            raise
        _sync_folder(folder)
        return name


def _sync_folder(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
