import pytest

from portal.live.requests import Asked, Refused, read


def scope(query, **headers):
    sent = [
        (name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()
    ]
    return {"type": "http", "method": "GET", "query_string": query.encode(), "headers": sent}


def test_topics_position_and_cookies_are_read():
    asked = scope("topic=a%3A1&topic=b%3A2&topic=a%3A1&after=17", cookie="a=1")
    asked["headers"].append((b"cookie", b"b=2"))

    assert read(asked) == Asked(frozenset({"a:1", "b:2"}), 17, "a=1; b=2")


def test_without_a_position_one_hears_what_comes():
    assert read(scope("topic=a:1")).after is None
    assert read(scope("topic=a:1&after=")).after is None


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("", {}, 400),
        ("topic=", {}, 400),
        ("topic=a:1&after=x", {}, 400),
        ("topic=a:1&after=" + "9" * 19, {}, 400),
        ("&".join(f"x={n}" for n in range(41)) + "&topic=a:1", {}, 400),
        ("topic=a:1", {"host": ""}, 400),
        ("topic=a:1", {"host": "localhost@evil.example"}, 400),
        ("topic=a:1", {"origin": "http://localhost.evil.example"}, 403),
    ],
)
def test_the_rest_is_refused(query, headers, status):
    with pytest.raises(Refused) as caught:
        read(scope(query, **headers))

    assert caught.value.status == status


def test_a_port_and_capitals_make_no_other_origin():
    assert read(scope("topic=a:1", host="LOCALHOST:8000", origin="http://localhost:8000")).topics == {"a:1"}
