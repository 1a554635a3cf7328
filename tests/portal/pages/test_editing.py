"""What an editor sees beside a page, and what cannot be sent on: drafts may hold everything."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents import get_document_model

from portal.accounts.actions.editors import sync_editor
from portal.accounts.models import Role, User
from portal.pages.inspection.looking import look_at
from portal.pages.models import (
    GuideBasis,
    GuideIndexPage,
    GuideMaterial,
    GuidePage,
    GuideStep,
    InterpretationPage,
    NewsIndexPage,
    NewsPage,
    NoticePage,
    PolicyPage,
    PreferredTerm,
)
from portal.pages.rules.content_checks import Check
from tests.factories.accounts import OfficeFactory, holder
from tests.factories.files import pdf
from tests.factories.pages import centre, full_guide, guide, home, news, notice, standard_page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def at_the_desk(role: Role) -> User:
    """Somebody who holds a role, in Wagtail's group of it."""
    user = holder(role, OfficeFactory(code=f"desk-{role.value}"))
    sync_editor(user.pk)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def editor(clock) -> User:
    return at_the_desk(Role.EDITOR)


def checks(page: Any) -> set[Check]:
    return {finding.check for finding in look_at(page, TODAY)}


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def filled(client: Any, page: GuidePage, **changed: Any) -> dict[str, Any]:
    """What the editor's form of a page holds, as a browser would send it, with some fields changed."""
    return form_at(client, edit(page), **changed)


def form_at(client: Any, address: str, **changed: Any) -> dict[str, Any]:
    """What the form at an address holds, as a browser would send it, with some fields changed."""
    soup = BeautifulSoup(client.get(address).content, "html.parser").select_one(
        "form#page-edit-form, form[data-edit-form]"
    )
    data: dict[str, Any] = {}
    for control in soup.select("input[name], select[name], textarea[name]"):
        if control.find_parent("template"):
            continue
        name = control["name"]
        if control.name == "select" and control.has_attr("multiple"):
            data[name] = [option["value"] for option in control.select("option[selected]")]
        elif control.name == "select":
            chosen = control.select_one("option[selected]")
            data[name] = chosen["value"] if chosen else ""
        elif control.name == "textarea":
            data[name] = control.get_text().removeprefix("\n")
        elif control.get("type") in {"checkbox", "radio"}:
            if control.has_attr("checked"):
                data.setdefault(name, []).append(control.get("value", "on"))
        elif control.get("type") not in {"submit", "button"}:
            data[name] = control.get("value", "")
    return data | changed


# --- What is found --------------------------------------------------------------------------------


def test_a_full_guide_has_little_to_complain_of(clock):
    assert checks(full_guide()) == {Check.MISSING_ELEMENT, Check.NO_TRANSLATION}  # the result


def test_rows_are_read_and_quoted_laws_are_not_judged(clock):
    page = guide(
        rows=[
            GuideMaterial(name="户口簿", note="带身份证等有关证明材料"),
            GuideStep(name="申请", text="外来人口到窗口申请"),
            GuideBasis(law="某条例", text="外来人口" * 30),
        ]
    )
    found = {(finding.check, str(finding.label)) for finding in look_at(page, TODAY)}

    assert (Check.CATCH_ALL, "申请材料 1：填报须知") in found
    assert (Check.TERM, "办理流程 1：做什么") in found
    assert not any(str(label).startswith("设定依据 1") for _check, label in found)


def test_the_terms_are_those_of_the_language(clock):
    page = standard_page("关于外来人口", body="<p>外来人口</p>")
    assert Check.TERM in checks(page)

    PreferredTerm.objects.filter(avoided="外来人口").update(language="en")
    assert Check.TERM not in checks(page)


def test_links_to_pages_and_files_that_are_gone_are_found(clock, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    target = standard_page("别处")
    document = get_document_model().objects.create(title="表", file=ContentFile(pdf(), "form.pdf"))
    body = f'<p><a linktype="page" id="{target.pk}">别处</a><a linktype="document" id="{document.pk}">表</a></p>'
    page = standard_page("正文", body=body)
    assert not checks(page) & {Check.DEAD_LINK, Check.DEAD_DOCUMENT}

    target.unpublish()
    document.file.storage.delete(document.file.name)

    assert checks(page) >= {Check.DEAD_LINK, Check.DEAD_DOCUMENT}


def test_an_empty_column_is_found_and_one_with_a_page_is_not(clock):
    index = GuideIndexPage.objects.get(locale=home().locale)
    assert Check.EMPTY_COLUMN in checks(index)

    guide()
    assert Check.EMPTY_COLUMN not in checks(index)


def test_a_guide_that_nobody_has_verified_for_a_year_is_found(clock):
    assert Check.REVIEW_OVERDUE in checks(guide(verified_on=date(2025, 3, 1)))


@pytest.mark.parametrize(("words", "is_silent"), [("", True), ("  ", True), ("三号窗口", False)])
def test_a_picture_in_the_text_says_what_is_on_it(clock, words, is_silent):
    page = standard_page("图", body=f'<p>看</p><embed embedtype="image" id="1" alt="{words}" format="fullwidth"/>')

    assert (Check.NO_ALT_TEXT in checks(page)) is is_silent


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_at_a_page_costs_the_same_however_many_rows_it_has(clock, rows, django_assert_max_num_queries):
    page = guide(rows=[GuideMaterial(name=f"材料{number}") for number in range(rows)])
    page = GuidePage.objects.get(pk=page.pk)

    with django_assert_max_num_queries(20):
        look_at(page, TODAY)


# --- What the editor sees ---------------------------------------------------------------------------


def test_the_editor_sees_the_checks_beside_the_page(client, editor):
    page = guide(rows=[GuideMaterial(name="其他材料")])
    client.force_login(editor)
    soup = BeautifulSoup(client.get(edit(page)).content, "html.parser")
    panel = soup.select_one("[data-side-panel='content_checks']").get_text()

    assert "必须改，否则不能发布" in panel
    assert "“其他材料”没有说清要什么" in panel
    assert "设定依据" in panel
    assert (
        soup.select_one("[data-side-panel-toggle='content_checks'] [data-side-panel-toggle-counter]").get_text(
            strip=True
        )
        != "0"
    )


def test_there_is_one_panel_of_checks_and_it_is_ours(client, editor):
    client.force_login(editor)
    soup = BeautifulSoup(client.get(edit(standard_page("页"))).content, "html.parser")

    assert [
        tag["data-side-panel"] for tag in soup.select("[data-side-panel]") if "check" in tag["data-side-panel"]
    ] == ["content_checks"]


def test_a_new_page_has_nothing_to_check_before_it_is_saved(client, editor):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:add", args=["portal_pages", "standardpage", home().pk])

    assert "保存后开始检查。" in client.get(address).content.decode()


def test_a_draft_may_say_other_materials_and_nothing_that_was_typed_is_lost(client, editor):
    page = guide(rows=[GuideMaterial(name="户口簿")])
    client.force_login(editor)
    typed = filled(client, page, **{"materials-0-name": "其他材料", "conditions": '{"blocks":[],"entityMap":{}}'})
    saved = client.post(edit(page), typed)

    assert saved.status_code == 302, saved.context and saved.context["form"].errors
    (row,) = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object().materials.all()
    assert row.name == "其他材料"


def test_it_cannot_be_sent_on_and_the_field_says_why(client, editor):
    page = guide(rows=[GuideMaterial(name="户口簿")])
    client.force_login(editor)
    refused = client.post(edit(page), filled(client, page, **{"materials-0-name": "其他材料", "action-submit": "1"}))
    form = refused.context["form"]

    assert refused.status_code == 200
    assert "没有说清要什么" in str(form.formsets["materials"].forms[0].errors["name"])
    assert form.formsets["materials"].forms[0]["name"].value() == "其他材料"
    assert page.specific_class.objects.get(pk=page.pk).current_workflow_state is None


# --- A first draft of an article ----------------------------------------------------------------------


@pytest.mark.parametrize("emptied", [{}, {"date": ""}])
def test_a_first_draft_of_news_is_saved_with_its_title_alone_and_is_of_today(client, editor, emptied):
    client.force_login(editor)
    index = NewsIndexPage.objects.get(locale=home().locale)
    address = reverse("wagtailadmin_pages:add", args=["portal_pages", "newspage", index.pk])
    shown = form_at(client, address)
    no_blocks = {"body-count": "0", "related-count": "0"}  # those fields are drawn by script
    saved = client.post(address, shown | no_blocks | {"title": "步道建成", "slug": "path"} | emptied)

    assert shown["date"] == TODAY.isoformat()
    assert saved.status_code == 302, saved.context and saved.context["form"].errors
    assert NewsPage.objects.child_of(index).get(slug="path").date == TODAY


def test_what_is_sent_on_needs_its_day(client, editor):
    page = news(live=False)
    client.force_login(editor)
    no_blocks = {"body-count": "0", "related-count": "0"}
    refused = client.post(edit(page), filled(client, page, **no_blocks, **{"date": "", "action-submit": "1"}))

    assert refused.status_code == 200
    assert "date" in refused.context["form"].errors


def test_a_day_that_an_editor_has_chosen_stays(client, editor):
    page = news(date=date(2026, 1, 15))
    client.force_login(editor)

    assert filled(client, page)["date"] == "2026-01-15"


@pytest.mark.parametrize("model", [NewsPage, NoticePage, PolicyPage, InterpretationPage])
def test_every_kind_of_article_begins_with_today(clock, model):
    form = model.get_edit_handler().get_form_class()(instance=model())

    assert form["date"].value() == TODAY
    assert "date" in form._meta.defer_required_on_fields


# --- The list of terms --------------------------------------------------------------------------------


def test_editors_keep_the_list_of_terms(client, editor):
    client.force_login(editor)
    term = {"language": "zh-hans", "avoided": "盲流", "preferred": "新居民", "reason": "不尊重"}
    assert client.post(reverse("preferred_terms:add"), term).status_code == 302
    assert Check.TERM in checks(standard_page("盲流"))

    again = client.post(reverse("preferred_terms:add"), term)
    assert "这个说法已经在表里。" in again.content.decode()
    same = client.post(reverse("preferred_terms:add"), term | {"avoided": "一样", "preferred": "一样"})
    assert "不能和“不用的说法”一样" in same.content.decode()
    assert "盲流" in client.get(reverse("preferred_terms:index"), {"q": "盲流"}).content.decode()


def test_the_list_is_seeded_in_both_languages():
    languages = set(PreferredTerm.objects.values_list("language", flat=True))

    assert languages == {"zh-hans", "en"}
    assert PreferredTerm.objects.get(avoided="残废人").preferred == "残疾人"


# --- Lists of pages, and previews ----------------------------------------------------------------------


def test_the_list_of_guides_says_whose_they_are_and_when_they_are_due(client, editor):
    page = guide(verified_on=date(2026, 1, 15))
    client.force_login(editor)
    text = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()

    for words in ("实施单位", "公安分局", "户籍与居住", "2026-01-15", "2027-01-15", "有译文", "1 办事指南"):
        assert words in text
    assert "办事指南s" not in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, True),
        ({"audience": "person"}, True),
        ({"audience": "organization"}, False),
        ({"verified_on_to": "2025-12-31"}, False),
    ],
)
def test_the_list_of_guides_is_filtered(client, editor, query, shown):
    page = guide("居住证", verified_on=date(2026, 1, 15))
    client.force_login(editor)
    text = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk]), query).content.decode()
    table = BeautifulSoup(text, "html.parser").select_one("table.listing")

    assert bool(table and page.title in table.get_text()) is shown


def test_the_list_of_centres_says_where_they_are(client, editor):
    place = centre()
    client.force_login(editor)
    text = client.get(reverse("wagtailadmin_explore", args=[place.get_parent().pk])).content.decode()

    assert "湖滨路 1 号" in text
    assert ">None<" not in text


# For each row wagtail-localize asks whether a language is missing and whether translations follow this page.
BUTTONS_OF_TRANSLATION = 2


def test_lists_of_news_and_notices_say_when_and_whence(client, editor):
    client.force_login(editor)
    index = NewsIndexPage.objects.get(locale=home().locale)
    index.add_child(instance=NewsPage(title="开学", slug="x", locale=index.locale, date=TODAY, source="区教育局"))
    text = client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()

    for words in ("发布日期", "2026-03-02", "来源", "区教育局"):
        assert words in text


def test_the_list_of_guides_costs_no_more_with_three_than_with_one_but_for_the_translators_buttons(client, editor):
    office = OfficeFactory(code="office")
    page = guide("事项", slug="service", office=office)
    client.force_login(editor)
    address = reverse("wagtailadmin_explore_results", args=[page.get_parent().pk])
    client.get(address)

    with_one = queries_of(client, address)
    for number in range(2):
        guide(f"事项{number}", slug=f"service-{number}", office=office)

    assert queries_of(client, address) == with_one + 2 * BUTTONS_OF_TRANSLATION


def queries_of(client: Any, address: str) -> int:
    """How many queries a page takes, but for those of the cache: Wagtail asks it for the site's address in each row."""
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return sum("portal_cache" not in query["sql"] for query in seen)


def test_a_page_is_previewed_as_elderly_people_see_it():
    page = standard_page("预览")
    standard = page.make_preview_request(preview_mode="").content.decode()
    elder = page.make_preview_request(preview_mode="elder").content.decode()

    assert 'data-size="elder"' in elder
    assert 'data-size="elder"' not in standard
    assert [size["device_width"] for size in page.preview_sizes] == [360, 768, 1280]


def test_a_preview_may_stand_in_a_frame_of_the_editor_and_of_nobody_else(client, editor):
    page = standard_page("预览")
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    client.post(address, filled(client, page))
    preview, public = client.get(f"{address}?mode=elder"), client.get(page.url)

    assert 'data-size="elder"' in preview.content.decode()
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "script-src 'unsafe-inline'" not in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]


# --- Notices and sources --------------------------------------------------------------------------------


def test_a_notice_with_a_period_needs_what_people_need_to_object(clock):
    page = notice(period_basis="", how_to_object="", phone="", address="")
    found = [str(one.label) for one in look_at(page, TODAY) if one.check is Check.MISSING_ELEMENT]
    assert found == ["正文", "怎样提意见", "联系电话", "期限的依据"]

    page.starts_on = page.period_length = None
    assert Check.MISSING_ELEMENT not in checks(page)


@pytest.mark.parametrize(("owner", "is_missing"), [("澄湖区人民政府", False), ("", True)])
def test_a_source_that_is_not_named_is_the_owner_of_the_site(clock, monkeypatch, owner, is_missing):
    monkeypatch.setattr("portal.pages.presenting.meta.localized", lambda name: owner)

    assert (Check.NO_SOURCE in checks(news(source=""))) is is_missing
