"""Only what is the same for everybody may be kept by a shared cache."""

import pytest
from django.contrib.messages import add_message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.test import RequestFactory

from portal.ui.caching import mark_public, public_page
from portal.ui.forms import DisplayForm

PUBLIC = "public, max-age=60"
PRIVATE = "private, no-cache"


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/")
    request._messages = CookieStorage(request)
    return request


def kept(request, response=None):
    return mark_public(request, response or HttpResponse())["Cache-Control"]


def test_page_of_the_anonymous_is_public(request_):
    assert kept(request_) == PUBLIC


@pytest.mark.parametrize("cookie", ["sessionid", "display", "messages"])
def test_cookie_that_changes_the_page_makes_it_private(request_, cookie):
    request_.COOKIES[cookie] = "x"

    assert kept(request_) == PRIVATE


def test_cookie_of_somebody_else_changes_nothing(request_):
    request_.COOKIES["statistics"] = "x"

    assert kept(request_) == PUBLIC


def test_waiting_message_makes_it_private(request_):
    add_message(request_, 20, "已保存")

    assert kept(request_) == PRIVATE


def test_form_token_makes_it_private(request_):
    get_token(request_)

    assert kept(request_) == PRIVATE


def test_new_cookie_makes_it_private(request_):
    response = HttpResponse()
    response.set_cookie("a", "b")

    assert kept(request_, response) == PRIVATE


def test_answer_to_a_submission_is_private(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)

    assert kept(request) == PRIVATE


def test_page_that_has_its_own_rule_keeps_it(request_):
    assert kept(request_, HttpResponse(headers={"Cache-Control": "no-store"})) == "no-store"


def test_caches_tell_people_with_cookies_apart(request_):
    assert mark_public(request_, HttpResponse())["Vary"] == "Cookie"


def test_token_in_a_late_template_is_noticed(request_, db):
    @public_page()
    def view(request):
        return TemplateResponse(request, "portal/ui/display.html", {"next": "/", "form": DisplayForm()})

    assert view(request_).render()["Cache-Control"] == PRIVATE


def test_layout_is_public_and_asks_for_the_banner_only(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/style-guide/")

    assert response["Cache-Control"] == PUBLIC
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
