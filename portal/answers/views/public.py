"""What everybody may read: the list of answered and of waiting questions, and the answers themselves."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve

from portal.accounts.requests import Request
from portal.answers.forms.public import WAITING, PublicFilterForm
from portal.answers.models import AnswerPage, Listing
from portal.answers.presenting import Tab, cards
from portal.answers.queries.public import listed
from portal.answers.views.paging import LAST_PAGE, BoundedPaginator
from portal.kernel import clock as clocks
from portal.ui.caching import public_page
from portal.ui.sites import home_path

PAGE_SIZE = 20
# Answers are written in Chinese and stand in the Chinese tree; English gets them in English surroundings.
CONTENT_LANGUAGE = "zh-hans"


@require_safe
@public_page()
def answers_list(request: Request) -> HttpResponse:
    """List the published answers, or the questions that still wait, with both clocks."""
    form = PublicFilterForm(request.GET)
    chosen = form.chosen()
    page = BoundedPaginator(listed(chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "answered": chosen.answered,
        "page": page,
        "cards": cards(page.object_list, clocks.installed().now()),
        "tabs": [
            Tab(_("已答复"), _address(form, waiting=False), chosen.answered),
            Tab(_("等待答复"), _address(form, waiting=True), not chosen.answered),
        ],
        "reset": reverse("answers:list") + ("" if chosen.answered else f"?tab={WAITING}"),
        "feed_address": reverse("answers:feed") + form.query(month=chosen.answered),
        "is_cut": page.number == LAST_PAGE,
    }
    return render(request, "portal/answers/public/list.html", context)


@require_safe
@public_page()
def answer_page(request: Request, year: str, month: str, slug: str) -> HttpResponse:
    """Serve a published answer's Wagtail page, in both languages from the one Chinese tree."""
    path = f"answers/{year}/{month}/{slug}/"
    home = home_path(request, CONTENT_LANGUAGE)
    # The slug is indexed and nearly unique; Wagtail's own way down the tree takes two queries a level.
    page = AnswerPage.objects.live().filter(slug=slug, url_path=f"{home}{path}").first()
    if page is None:
        raise Http404
    request._wagtail_route_for_request = page.route(request, [])  # where Wagtail looks first
    try:
        response = serve(request, path)
    except Listing.DoesNotExist:  # taken off the list in this very moment
        raise Http404 from None
    if page.withdrawn_at:
        response.status_code = 410  # gone, and the page says why
    return response


def _address(form: PublicFilterForm, *, waiting: bool) -> str:
    """Return the other tab's address with the filters that both understand."""
    return reverse("answers:list") + form.query(tab=WAITING if waiting else "", month=False)
