"""Where the demo was last started, for commands in a second terminal: its port is chosen at the start."""

from pathlib import Path

from django.conf import settings


def remember_address(address: str) -> None:
    """Keep the address of the demo that starts now."""
    _file().write_text(address, encoding="utf-8")


def last_address() -> str:
    """Return the address of the demo's last start; before the first, the settings'."""
    try:
        return _file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return str(settings.BASE_URL)


def _file() -> Path:
    return Path(settings.VAR_DIR) / "demo-address"
