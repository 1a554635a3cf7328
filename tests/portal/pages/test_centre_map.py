"""The map of service centres: off unless the operator names a host, and then on pages of centres only."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from portal.config.env import BASE_DIR
from portal.pages import checks
from portal.pages.models import CentreIndexPage
from portal.pages.rules.coordinates import in_china, look_swapped
from portal.pages.rules.tiles import faults, origin
from tests.factories.pages import centre, full_guide, home

TIANDITU = (
    "https://t0.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
    "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk=0123456789abcdef"
)
PLAIN = "https://tiles.example.org/{z}/{x}/{y}.png"
HERE = {"latitude": 29.872, "longitude": 121.412}
LEAFLET = BASE_DIR / "static/vendor/leaflet"


@pytest.fixture
def with_map(settings):
    """The operator has named a host."""
    settings.MAP_TILE_URL = PLAIN
    settings.MAP_ATTRIBUTION = "示例地图 GS（2026）0000号"
    return settings


@pytest.fixture
def pictures_from(client):
    """Say where a page may show pictures from."""

    def read(path):
        parts = client.get(path)["Content-Security-Policy"].split("; ")
        return next(part.split()[1:] for part in parts if part.startswith("img-src "))

    return read


# --- What may be set ------------------------------------------------------------------------


@pytest.mark.parametrize("address", [TIANDITU.format(layer="vec"), TIANDITU.format(layer="cva"), PLAIN])
def test_a_template_with_its_three_blanks_is_in_order(address):
    assert list(faults(address)) == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://tiles.example.org/{z}/{x}/{y}.png", "https://"),
        ("//tiles.example.org/{z}/{x}/{y}.png", "https://"),
        ("https:///{z}/{x}/{y}.png", "plain host"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "plain host"),
        ("https://me:secret@tiles.example.org/{z}/{x}/{y}.png", "plain host"),
        ("https://tiles.example.org; script-src */{z}/{x}/{y}.png", "plain host"),
        ("https://tiles.example.org/{z}/{x}.png", "blanks"),
        ("https://tiles.example.org/{z}/{x}/{y}{r}.png", "no other"),
        ("https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}", "GCJ-02"),
        ("https://rt0.map.gtimg.com/tile?z={z}&x={x}&y={y}", "GCJ-02"),
        ("https://maponline0.bdimg.com/tile/?x={x}&y={y}&z={z}", "BD-09"),
    ],
)
def test_an_address_that_cannot_be_kept_to_is_refused(address, why):
    assert why in " ".join(faults(address))


def test_a_host_that_only_ends_alike_is_not_taken_for_one_that_shifts():
    assert list(faults("https://tiles.notqq.com/{z}/{x}/{y}.png")) == []


def test_the_policy_names_scheme_host_and_port_and_nothing_of_the_key():
    assert origin(TIANDITU.format(layer="vec")) == "https://t0.tianditu.gov.cn"
    assert origin("https://tiles.example.org:8443/{z}/{x}/{y}.png") == "https://tiles.example.org:8443"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"MAP_TILE_URL": PLAIN, "MAP_ATTRIBUTION": "示例地图"}, []),
        ({"MAP_ATTRIBUTION": "示例地图"}, ["E001"]),
        ({"MAP_LABELS_URL": PLAIN}, ["E001"]),
        ({"MAP_TILE_URL": PLAIN}, ["E003"]),
        ({"MAP_TILE_URL": "http://x/", "MAP_ATTRIBUTION": "示例地图"}, ["E002", "E002"]),
        ({"MAP_TILE_URL": PLAIN, "MAP_LABELS_URL": "x", "MAP_ATTRIBUTION": "示例地图"}, ["E002", "E002"]),
        ({"MAP_TILE_URL": PLAIN, "MAP_ATTRIBUTION": "示例", "MAP_ATTRIBUTION_URL": "javascript:x"}, ["E004"]),
        ({"MAP_TILE_URL": PLAIN, "MAP_ATTRIBUTION": "示例", "MAP_MAX_ZOOM": 9}, ["E005"]),
        ({"MAP_TILE_URL": PLAIN, "MAP_ATTRIBUTION": "示例", "MAP_MAX_ZOOM": 23}, ["E005"]),
    ],
)
def test_the_process_does_not_start_with_a_map_that_could_not_be_drawn(settings, given, found):
    for name, value in given.items():
        setattr(settings, name, value)

    assert [error.id for error in checks.map_can_be_drawn(None)] == [f"portal_pages.{code}" for code in found]


# --- What editors type ----------------------------------------------------------------------


@given(st.floats(18, 54), st.floats(73, 136))
def test_a_place_in_china_never_looks_swapped_and_its_reverse_always_does(latitude, longitude):
    assert in_china(latitude, longitude)
    assert not look_swapped(latitude, longitude)
    assert look_swapped(longitude, latitude)


def test_a_place_abroad_is_nobody_s_mistake():
    assert not look_swapped(48.85, 2.35)
    assert not look_swapped(-33.87, 151.21)


@pytest.mark.django_db
def test_swapped_numbers_are_told_at_the_field(clock):
    where = centre(latitude=29.872, longitude=121.412)
    where.latitude, where.longitude = where.longitude, where.latitude

    with pytest.raises(ValidationError) as refused:
        where.full_clean()

    assert any("填反了" in message for message in refused.value.message_dict["latitude"])


# --- Where it shows -------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_host_no_page_knows_of_a_map(client, clock, pictures_from):
    place = centre(**HERE)

    for path in (place.url, place.get_parent().url):
        text = client.get(path).content.decode()
        assert "data-centre-map" not in text
        assert "centre-map.js" not in text
        assert pictures_from(path) == ["'self'", "data:"]


@pytest.mark.django_db
def test_pages_of_centres_may_show_the_host_s_pictures_and_no_other_page_may(with_map, clock, pictures_from):
    school = full_guide()
    known = centre("知道在哪", slug="known", **HERE)
    unknown = centre("不知道在哪", slug="unknown")
    ours = ["'self'", "data:"]

    for page in (known, CentreIndexPage.objects.get(locale=home().locale)):
        assert pictures_from(page.url) == [*ours, "https://tiles.example.org"]
    for path in (unknown.url, school.url, f"{school.url}checklist/", "/", "/guides/", "/offices/", "/nowhere/"):
        assert pictures_from(path) == ours, path


@pytest.mark.django_db
def test_a_second_host_for_the_names_is_let_in_and_named_as_well(with_map, client, clock, pictures_from):
    with_map.MAP_LABELS_URL = "https://names.example.org/{z}/{x}/{y}.png"
    place = centre(**HERE)

    assert pictures_from(place.url)[2:] == ["https://tiles.example.org", "https://names.example.org"]
    assert "地图图片来自 tiles.example.org、names.example.org" in client.get(place.url).content.decode()


@pytest.mark.django_db
def test_an_editor_s_preview_may_show_them_too_in_the_editor_s_frame(with_map, clock):
    preview = centre(**HERE).make_preview_request()

    assert "img-src 'self' data: https://tiles.example.org;" in f"{preview['Content-Security-Policy']};"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_map_names_the_places_that_are_known_and_says_whose_it_is(with_map, client, clock):
    with_map.MAP_ATTRIBUTION_URL = "https://tiles.example.org/about"
    known = centre("知道在哪", slug="known", **HERE)
    centre("不知道在哪", slug="unknown")

    text = client.get(known.get_parent().url).content.decode()

    assert re.findall(r'data-latitude="([^"]+)" data-longitude="([^"]+)" data-name="([^"]+)"', text) == [
        ("29.872", "121.412", "知道在哪")
    ]
    assert "示例地图 GS（2026）0000号" in text
    assert 'href="https://tiles.example.org/about"' not in text  # over our own page, like every link that leads out
    assert "下面的列表</a>里有地图上的全部内容" in text


@pytest.mark.django_db
def test_nothing_is_drawn_where_no_place_is_known(with_map, client, clock):
    place = centre()

    assert "data-centre-map" not in client.get(place.url).content.decode()
    assert "data-centre-map" not in client.get(place.get_parent().url).content.decode()


@pytest.mark.django_db
def test_a_page_with_a_map_names_nothing_foreign_to_load_and_loads_no_leaflet_by_itself(with_map, client, clock):
    place = centre(**HERE)

    for path in (place.url, place.get_parent().url):
        text = client.get(path).content.decode()
        loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', text)
        assert not [address for address in loaded if "leaflet" in address or "centre-map.css" in address]
        assert {urlsplit(address).netloc for address in loaded} <= {"", "testserver", "localhost:8000"}
        assert " style=" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_map_costs_no_query(settings, client, clock, count):
    for number in range(count):
        place = centre(f"大厅 {number}", slug=f"hall-{number}", **HERE)
    paths = (place.get_parent().url, place.url)
    client.get(paths[0])  # site and content types are kept by the process

    def cost(path):
        with CaptureQueriesContext(connection) as counted:
            client.get(path)
        return len(counted)

    before = [cost(path) for path in paths]
    settings.MAP_TILE_URL, settings.MAP_ATTRIBUTION = PLAIN, "示例地图"

    assert [cost(path) for path in paths] == before


@pytest.mark.django_db
def test_only_the_list_of_centres_may_ask_a_browser_where_it_is(client, clock):
    place = centre()

    def policy(path):
        return client.get(path)["Permissions-Policy"]

    assert "geolocation=(self)" in policy(place.get_parent().url)
    assert "camera=()" in policy(place.get_parent().url)
    for path in (place.url, "/", "/guides/"):
        assert "geolocation=()" in policy(path)


# --- What it weighs and what lies beside it --------------------------------------------------------------------


def test_a_page_with_a_map_stays_within_what_a_reading_page_may_load():
    scripts = [*(BASE_DIR / "static/js").glob("*.js"), *(BASE_DIR / "portal/pages/static/portal/pages").glob("*.js")]

    assert "centre-map.js" in {path.name for path in scripts}
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= 20_000


def test_leaflet_has_its_licence_beside_it_and_names_only_files_that_are_there():
    named = re.findall(r"url\(([^)#]+)\)", (LEAFLET / "leaflet.css").read_text("utf-8"))

    assert "BSD 2-Clause" in (LEAFLET / "LICENSE").read_text("utf-8")
    assert named
    assert [name for name in named if not (LEAFLET / name).exists()] == []
    # Hashed names are made by reading these lines; a map that is not there would stop the collecting.
    assert "sourceMappingURL" not in (LEAFLET / "leaflet.js").read_text("utf-8")
