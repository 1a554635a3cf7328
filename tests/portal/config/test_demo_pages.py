"""The demo's guides and centres: complete, in both languages, plainly worded, and made in good time."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import models, transaction
from django.test import override_settings
from wagtail.documents.models import Document
from wagtail.models import Page, Revision

from portal.config.demo.accounts import make_offices, read
from portal.config.demo.forms import word_file
from portal.config.demo.pages import make_pages
from portal.pages.inspection.looking import look_at
from portal.pages.models import CentrePage, GuideMaterial, GuidePage
from portal.pages.presenting.guides import verdict_for
from portal.pages.rules.eligibility import MOST_QUESTIONS, Applicant, Kind, Outcome

# What is made once for the module is made by one of the parallel workers.
pytestmark = [pytest.mark.db, pytest.mark.xdist_group("demo-pages")]

TODAY = date(2026, 11, 27)
ROWS = ("bases", "entitlements", "materials", "steps", "answers", "places", "own_questions")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# Where a clause ends; markup ends one, too.
ENDS = re.compile(r"<[^>]*>|[，。；：、？！（）“”·]")
LONGEST_CLAUSE = 25  # characters
UNWANTED = ("其他材料", "外来人口", "外地人", "等材料")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo's offices and pages, made once for this module and gone after it."""
    block = transaction.atomic()
    block._from_testcase = True  # as a test case's own: durable blocks may stand in it
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), block:
        make_offices(datetime(2025, 10, 1, tzinfo=UTC))
        make_pages(TODAY)
        yield settings.MEDIA_ROOT
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def made(pages, db):
    with override_settings(MEDIA_ROOT=pages):
        yield


def guides(language):
    return list(GuidePage.objects.filter(locale__language_code=language).order_by("slug"))


def rows_of(page):
    names = ROWS if isinstance(page, GuidePage) else ("hours",)
    return [row for name in names for row in getattr(page, name).all()]


def texts(thing):
    """Yield name and text of everything that is said in words; addresses and codes are not."""
    for field in thing._meta.local_fields:
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices:
            value = getattr(thing, field.attname)
            if isinstance(value, str) and not isinstance(field, (models.SlugField, models.URLField)):
                yield field.name, value


def said(page):
    """Yield where and what a page says, its rows included."""
    for name, text in [("title", page.title), ("summary", page.summary), *texts(page)]:
        yield f"{page.slug} {name}", text
    for row in rows_of(page):
        for name, text in texts(row):
            yield f"{page.slug} {type(row).__name__} {name}", text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_there_are_thirty_guides_and_twelve_centres_and_no_two_have_one_name(language):
    for model, count in ((GuidePage, 30), (CentrePage, 12)):
        names = model.objects.filter(locale__language_code=language, live=True).values_list("title", flat=True)
        assert len(names) == len(set(names)) == count


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_and_every_row_would_be_taken_by_the_editors_form(language):
    for page in [*guides(language), *CentrePage.objects.filter(locale__language_code=language)]:
        page.full_clean()
        for row in rows_of(page):
            # Without a look into the database: what refers to what is the database's to refuse.
            row.clean_fields(exclude={"page", "locale", "centre", "blank_form", "sample_form"})
            row.clean()


def test_a_guide_has_every_element_and_its_english_twin_the_same():
    twins = {page.translation_key: page for page in guides("en")}
    for page in guides("zh-hans"):
        for name in ("summary", "plain_name", "conditions", "channels", "result", "delivery", "proxy", "enquiries",
                     "complaints", "review_office", "court"):  # fmt: skip
            assert getattr(page, name), (page.slug, name)
        counts = {name: getattr(page, name).count() for name in ROWS}
        assert min(counts[name] for name in ("bases", "entitlements", "materials", "places")) >= 1, page.slug
        assert 2 <= counts["answers"] <= 4, page.slug
        assert counts["steps"] >= 1, page.slug
        twin = twins[page.translation_key]
        assert twin.slug == page.slug
        assert [row.translation_key for row in rows_of(twin)] == [row.translation_key for row in rows_of(page)]
        assert {place.centre.locale_id for place in twin.places.select_related("centre")} == {twin.locale_id}


def test_english_is_english():
    pages = [*guides("en"), *CentrePage.objects.filter(locale__language_code="en")]
    assert [where for page in pages for where, text in said(page) if CHINESE.search(text)] == []


def test_chinese_is_said_in_short_clauses_and_the_terms_of_the_house():
    wrong = [
        (where, clause)
        for page in guides("zh-hans")
        for where, text in said(page)
        for clause in ENDS.split(text)
        # The names of laws are as long as they are.
        if not where.endswith(" law")
        and (len(CHINESE.findall(clause)) > LONGEST_CLAUSE or any(word in clause for word in UNWANTED))
    ]
    assert wrong == []


def test_the_helper_asks_what_some_row_turns_on_and_never_too_much():
    for page in guides("zh-hans"):
        keys = [question.key for question in page.own_questions.all()]
        turned_on = {
            key for row in [*page.entitlements.all(), *page.materials.all()] for key in (row.has, row.lacks) if key
        }
        assert turned_on == set(keys), page.slug
        assert len(page.asked) <= MOST_QUESTIONS, page.slug


@pytest.mark.parametrize("kind", list(Kind))
def test_whoever_asks_gets_an_answer_of_the_guide_with_its_reason(kind):
    for page in guides("zh-hans"):
        entitlements, materials = list(page.entitlements.all()), list(page.materials.all())
        keys = frozenset(question.key for question in page.own_questions.all())
        for age, has in product((10, 45, 85), (frozenset(), keys)):
            applicant = Applicant(kind, age, has)
            assert any(row.condition.fits(applicant) for row in entitlements), (page.slug, age, has)
            verdict = verdict_for(applicant, entitlements, materials)
            assert verdict.materials or verdict.is_no, (page.slug, age, has)


def test_a_class_of_permits_makes_a_difference_where_the_law_makes_one():
    outcomes = {
        page.slug: {
            str(kind): next(row.outcome for row in page.entitlements.all() if row.condition.fits(Applicant(kind, 85)))
            for kind in (Kind.REGISTERED, Kind.PERMIT, Kind.PERMIT_DORMANT, Kind.TEMPORARY)
        }
        for page in guides("zh-hans")
    }
    differing = [slug for slug, found in outcomes.items() if len(set(found.values())) > 1]

    assert len(differing) >= 10
    assert outcomes["old-age-allowance"] == {
        "registered": Outcome.YES,
        "permit": Outcome.LIMITED,
        "permit_dormant": Outcome.LIMITED,
        "temporary": Outcome.NO,
    }


# --- Forms ----------------------------------------------------------------------------------


def opened(response):
    return ZipFile(BytesIO(b"".join(response.streaming_content))).read("word/document.xml").decode()


def test_forms_are_there_blank_and_as_a_sample_and_shared_by_both_languages(client):
    with_forms = GuideMaterial.objects.exclude(blank_form=None)
    assert with_forms.values("blank_form").distinct().count() >= 10
    assert not with_forms.filter(sample_form=None).exists()
    material = with_forms.get(page__slug="old-age-allowance", locale__language_code="en", sort_order=0)

    blank, sample = (client.get(form.url) for form in (material.blank_form, material.sample_form))

    assert blank["Content-Type"].endswith("wordprocessingml.document")
    assert 'filename="old-age-allowance.docx"' in blank["Content-Disposition"]
    blank, sample = opened(blank), opened(sample)
    assert "出生日期" in blank
    assert "Date of birth" in blank
    assert "周桂芳" not in blank
    assert "周桂芳" in sample
    assert "样表，仅供参考" in sample


def test_a_guides_page_leads_to_its_forms_and_says_what_they_are(client):
    page = GuidePage.objects.get(slug="dog-registration", locale__language_code="zh-hans")
    text = client.get(page.url).content.decode()

    form = Document.objects.get(title="犬只登记表")
    assert f'href="{form.url}"' in text
    assert "DOCX" in text


def test_a_form_is_the_same_bytes_every_time():
    fields = [("姓名", "Name", "A & B")]
    first, second = (word_file("表", "Form", fields, is_sample=True) for _time in range(2))
    assert first == second
    assert "A &amp; B" in ZipFile(BytesIO(first)).read("word/document.xml").decode()


# --- Making them ----------------------------------------------------------------------------


def test_every_page_has_one_revision_and_it_is_the_live_one():
    made = Page.objects.type(GuidePage, CentrePage)

    assert Revision.objects.filter(object_id__in=[str(pk) for pk in made.values_list("pk", flat=True)]).count() == 84
    assert not made.exclude(live_revision=models.F("latest_revision")).exists()
    assert not made.filter(has_unpublished_changes=True).exists()
    assert not made.filter(first_published_at=None).exists()


def test_what_a_guide_takes_over_from_the_common_rows_it_may_change():
    page = GuidePage.objects.get(slug="death-deregistration", locale__language_code="zh-hans")
    names = [row.name for row in page.materials.all()]

    assert "去世的人的居民身份证" in names
    assert page.complaints_address == read("guides")["guide_default"]["complaints_address"]


def test_what_editors_are_told_about_their_pages_would_be_nothing():
    pages = [*GuidePage.objects.all(), *CentrePage.objects.all()]
    told = {
        (page.locale.language_code, page.slug): [
            (str(found.check), str(found.label), found.quote) for found in look_at(page, TODAY)
        ]
        for page in pages
    }
    assert {where: found for where, found in told.items() if found} == {}
