import pytest
from django.core.exceptions import ValidationError

from portal.kernel.actors import ANONYMOUS
from portal.kernel.permissions import ALLOWED
from portal.live import topics
from portal.live.queries import Change
from portal.live.topics import Topic, changed_by, may_listen


def test_an_event_changes_the_topics_that_the_apps_say():
    assert changed_by("tests.thing_changed", "tests.thing:7", {}) == {"thing:7", "secret:7"}
    assert changed_by("tests.thing_hidden", "tests.thing:7", {}) == frozenset()


def test_a_mapping_that_fails_does_not_silence_the_others():
    topics.register(Topic("broken", lambda actor, thing: ALLOWED, lambda name, aggregate, payload: 1 / 0))

    assert changed_by("tests.thing_changed", "tests.thing:7", {}) == {"thing:7", "secret:7"}


def test_a_listener_is_not_told_what_else_was_changed():
    change = Change(5, "tests.thing_changed", "tests.thing:7", frozenset({"thing:7", "secret:7"}))

    assert change.told_about(frozenset({"thing:7", "thing:8"})) == {
        "position": 5,
        "name": "tests.thing_changed",
        "ref": "tests.thing:7",
        "topics": ["thing:7"],
    }


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ({"thing:1"}, True),
        ({"secret:1"}, False),
        ({"thing:1", "secret:1"}, False),
        ({"unknown:1"}, False),
        ({"thing"}, False),
        ({"thing:"}, False),
    ],
)
def test_all_topics_or_none(asked, allowed):
    assert may_listen(ANONYMOUS, asked) is allowed


@pytest.mark.parametrize("error", [ValueError, ValidationError("not a UUID")])
def test_an_id_that_is_none_is_refused(error):
    def may_listen_to_id(actor, given):
        raise error

    topics.register(Topic("strict", may_listen_to_id, lambda name, aggregate, payload: ()))

    assert not may_listen(ANONYMOUS, {"strict:x"})


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        topics.register(Topic("thing", lambda actor, thing: ALLOWED, lambda name, aggregate, payload: ()))
