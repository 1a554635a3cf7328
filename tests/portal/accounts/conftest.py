import pytest

from portal.kernel import sms
from tests.fakes.sms import FakeSms


@pytest.fixture
def carrier(monkeypatch):
    """The installed SMS sender: keeps what it was given."""
    sender = FakeSms()
    monkeypatch.setattr(sms, "_installed", sender)
    return sender
