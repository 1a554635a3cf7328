import pytest

from tests.factories.answers import make_district


@pytest.fixture
def district(db):
    """A centre, two answering offices, one person per role."""
    return make_district()
