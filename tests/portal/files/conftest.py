import pytest

from portal.files.models import private_storage


@pytest.fixture(autouse=True)
def private_root(settings, tmp_path):
    """A private folder of the test's own. Assigning STORAGES lets Django make the storage anew."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = {**settings.STORAGES}
    return settings.PRIVATE_ROOT


@pytest.fixture
def kept_files(private_root):
    """The files that lie in the private folder now."""
    return lambda: [path for path in private_root.rglob("*") if path.is_file()]


@pytest.fixture
def broken_storage(monkeypatch):
    """A disk that fills up in the middle of a file."""

    def fail(content):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.base.File.chunks", fail)
    return private_storage
