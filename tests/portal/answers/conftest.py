import importlib.util
from pathlib import Path

import pytest

import portal.answers
from portal.accounts.models import User
from tests.factories.answers import make_district

SCRIPT = Path(portal.answers.__file__).parent / "static/portal/answers/yishi_verify.py"


@pytest.fixture
def district(db):
    """A centre, two answering offices, one person per role."""
    return make_district()


@pytest.fixture(scope="session")
def verifier():
    """The script, loaded as a module, for tests that call it thousands of times."""
    spec = importlib.util.spec_from_file_location("yishi_verify", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def as_(client, district):
    """Sign in as one of the district's people."""

    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in
