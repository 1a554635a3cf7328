"""The folder of the outbox: one file per message, named by the instant it was kept.

Mails are kept as they would have been sent (``.eml``), SMS as JSON (``.json``), so that a mail
program or a script can read them too. Instants are real time: a folder knows no other.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from django.conf import settings

from portal.journal.realtime import real_now

Suffix = Literal["eml", "json"]
STAMP = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True)
class Store:
    """Keeps and lists messages below `folder`."""

    folder: Path

    def keep(self, suffix: Suffix, content: bytes) -> Path:
        """Write a message; it appears in one step, for its owner only."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = self.folder / f"{real_now():{STAMP}}-{uuid.uuid4().hex[:8]}.{suffix}"
        draft = target.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_bytes(content)
        return draft.rename(target)

    def newest_first(self) -> list[Path]:
        """Return all messages; nothing before the first one."""
        kept = (path for suffix in ("eml", "json") for path in self.folder.glob(f"*.{suffix}"))
        return sorted(kept, key=lambda path: path.name, reverse=True)

    def clear(self) -> int:
        """Remove all messages; return how many there were. For a demo that starts over."""
        kept = self.newest_first()
        for path in kept:
            path.unlink(missing_ok=True)
        return len(kept)


def kept_at(path: Path) -> datetime:
    """Return when a message was kept."""
    return datetime.strptime(path.name.partition("-")[0], STAMP).replace(tzinfo=UTC)


def outbox() -> Store:
    """Return the store of this installation."""
    return Store(Path(settings.OUTBOX_DIR))
