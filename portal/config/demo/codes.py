"""The tracking codes of seeded questions: stored hashed in the product, so the demo keeps a list of its own."""

import json
from pathlib import Path

from django.conf import settings


def codes_file() -> Path:
    """Return where the demo keeps the codes."""
    return Path(settings.VAR_DIR) / "demo-codes.json"


def write_codes(codes: dict[str, str]) -> None:
    """Keep the codes by question id."""
    codes_file().write_text(json.dumps(codes, indent=1), encoding="utf-8")


def read_codes() -> dict[str, str]:
    """Return the codes by question id; nothing before the first seeding."""
    try:
        return json.loads(codes_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
