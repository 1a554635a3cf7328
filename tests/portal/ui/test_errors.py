"""Pages that say no, or sorry: in both languages, and without what may be broken."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template import TemplateSyntaxError
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils.translation import override

from portal.config import urls
from portal.kernel.permissions import NotAllowed, Reason
from portal.ui import errors


def raising(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("denied/", raising(PermissionDenied())),
    path("not-allowed/", raising(NotAllowed(Reason("not_yours", "只有承办单位可以受理。")))),
    path("suspicious/", raising(SuspiciousOperation())),
    path("broken/", raising(ZeroDivisionError())),
    path("en/broken/", raising(ZeroDivisionError())),
    *urls.urlpatterns,
]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500


@pytest.fixture
def visit(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client.get


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/denied/", 403, "不能进行这项操作"),
        ("/not-allowed/", 403, "只有承办单位可以受理。"),
        ("/nowhere/", 404, "没有找到这个页面"),
        ("/en/nowhere/", 404, "Page not found"),
        ("/suspicious/", 400, "请求无法识别"),
        ("/broken/", 500, "系统出错"),
        ("/en/broken/", 500, "Something went wrong"),
    ],
)
def test_page_says_what_happened_and_where_a_person_answers(visit, db, address, status, words):
    response = visit(address)

    assert response.status_code == status
    assert words in response.content.decode()
    assert "tel:12345" in response.content.decode()


@pytest.fixture
def request_(rf: RequestFactory):
    return rf.get("/")


def test_500_needs_neither_session_nor_database(request_):
    # Without the database mark a query would fail this test; the request has had no middleware.
    assert "系统出错" in errors.server_error(request_).content.decode()


def test_500_still_says_a_sentence_when_its_template_is_broken(request_, monkeypatch):
    monkeypatch.setattr(errors, "_page", raising(TemplateSyntaxError()))

    response = errors.server_error(request_)

    assert response.status_code == 500
    assert "12345" in response.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "请大约 2 分钟后再试。"), ("en", "Please try again in about 2 minutes.")]
)
def test_429_says_when_to_try_again(request_, language, words):
    with override(language):
        response = errors.too_many(request_, retry_after=120)

    assert response.status_code == 429
    assert response["Retry-After"] == "120"
    assert words in response.content.decode()


def test_form_without_token_is_told_how_to_save_the_text(request_):
    response = errors.csrf_failure(request_)

    assert response.status_code == 403
    assert "先复制下来" in response.content.decode()


@pytest.fixture
def maintenance(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return settings.MAINTENANCE_FILE


def test_maintenance_answers_503_without_database(client, maintenance):
    maintenance.write_text("今晚 22:00 恢复。\n")

    response = client.get("/style-guide/")

    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert response["Cache-Control"] == "no-store"
    assert "今晚 22:00 恢复。" in response.content.decode()
    assert "Content-Security-Policy" in response


def test_maintenance_speaks_the_language_of_the_address(client, maintenance):
    maintenance.touch()

    assert "Under maintenance" in client.get("/en/style-guide/").content.decode()


def test_maintenance_leaves_the_liveness_probe_alone(client, maintenance, db):
    maintenance.touch()

    assert client.get("/-/live").status_code != 503


def test_maintenance_ends_with_its_file(client, maintenance, db):
    assert client.get("/style-guide/").status_code == 200


@override_settings(SITE_IDENTITY={"name": "议事", "hotline": ""})
def test_site_without_hotline_promises_none(request_):
    assert "tel:" not in errors.server_error(request_).content.decode()
