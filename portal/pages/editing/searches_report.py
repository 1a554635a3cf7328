"""What residents look for, above all in vain, and what to do about it; the same as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import user_has_any_page_permission

from portal.accounts.views.staff import StaffView
from portal.kernel import clock as clocks
from portal.kernel.csv_lines import lines
from portal.kernel.workdays import local_date
from portal.pages.editing.prefilled import filled_in
from portal.pages.editing.searches_done import Done
from portal.ui.languages import HTML_CODES, NAMES
from search.analysis.synonyms import Synonyms
from search.analysis.tokens import runs
from search.countable import PEOPLE
from search.looked_for import Shown, looked_for, totals
from search.reading import read
from search.synonyms import installed

PER_PAGE = 50
PERIODS = (7, 30, 90)  # days
USUAL = 30
LISTS = {
    Shown.IN_VAIN: gettext_lazy("没有找到"),
    Shown.LOOSELY: gettext_lazy("只找到部分"),
    Shown.POPULAR: gettext_lazy("热门"),
}
LANGUAGES = {code: language for language, code in HTML_CODES.items()}


@dataclass(frozen=True)
class Line:
    """Words that were looked for. acts: label and address of what can be done about them."""

    words: str
    language: str
    code: str
    href: str
    searches: int
    in_vain: int
    loosely: int
    trend: str
    acts: list[tuple[str, str]]


class SearchesReport(StaffView, TemplateView):
    """``?show=in_vain&days=30``; with ``&export=csv`` the same as a file."""

    template_name = "portal/pages/editing/searches.html"
    title = gettext_lazy("搜索词")
    header_icon = "search"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it to whoever may do something about it."""
        if not user_has_any_page_permission(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show a page of the list, or send all of it."""
        shown, days = _shown(request.GET.get("show")), _days(request.GET.get("days"))
        today = local_date(clocks.installed().now())
        rows = looked_for(shown, today, days)
        if request.GET.get("export") == "csv":
            return _file(rows)
        names = installed()
        done = Done(today, names)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        own = {
            "page": page,
            "lines": [self.line(row, shown, names, done) for row in page],
            "lists": [(label, _address(one, days), one is shown) for one, label in LISTS.items()],
            "periods": [(_period(one), _address(shown, one), one == days) for one in PERIODS],
            "export": _address(shown, days, export="csv"),
            "caption": LISTS[shown],
            "totals": totals(today, days),
            "people": PEOPLE,
        }
        return self.render_to_response(self.get_context_data(**own))

    def line(self, row: dict[str, Any], shown: Shown, names: Synonyms, done: Done) -> Line:
        """Return a row as it is shown."""
        language = LANGUAGES[row["language"]]
        with translation.override(language):
            search = reverse("search:results")
        return Line(
            words=row["words"],
            language=NAMES[language],
            code=row["language"],
            href=f"{search}?{urlencode({'q': row['words']})}",
            searches=row["searches"],
            in_vain=row["in_vain"],
            loosely=row["loosely"],
            trend=_trend(row[shown.value], row["before"]),
            acts=self.acts(row["words"], row["language"], shown, names, done),
        )

    def acts(self, words: str, code: str, shown: Shown, names: Synonyms, done: Done) -> list[tuple[str, str]]:
        """Return what whoever looks may do about the words; what was done already, instead of doing it again."""
        user, back = self.request.user, self.request.get_full_path()
        found = []
        if shown is not Shown.POPULAR and user.has_perm("search.add_synonym"):
            found += self.naming(words, names, done)
        if user.has_perm("search.add_promotion"):
            key = done.promotion(words, code)
            made = (_("已推荐"), reverse("search_promotions:edit", args=[key])) if key else None
            found.append(made or (_("推荐"), filled_in("search_promotions", back, said=words, language=code)))
        if user.has_perm("search.add_blockedword"):
            found.append((_("屏蔽"), filled_in("search_blocked_words", back, word=words)))
        return found

    def naming(self, words: str, names: Synonyms, done: Done) -> list[tuple[str, str]]:
        """Return the way to another name for the words, at most one."""
        if key := done.synonym(words):
            return [(_("已有同义词"), reverse("search_synonyms:edit", args=[key]))]
        # Names are single words: those of several would become several names.
        if len(list(runs(words))) != 1:
            return []
        # What it sounds or looks like is offered; what it means is the editor's to decide.
        guess = next((one.guessed for one in read(words, names).concepts if one.guessed), "")
        back = self.request.get_full_path()
        return [(_("加同义词"), filled_in("search_synonyms", back, said=words, means=guess))]


def _shown(sent: str | None) -> Shown:
    return Shown(sent) if sent in {one.value for one in Shown} else Shown.IN_VAIN


def _days(sent: str | None) -> int:
    return next((days for days in PERIODS if str(days) == sent), USUAL)


def _period(days: int) -> str:
    return ngettext("近 %(days)d 天", "近 %(days)d 天", days) % {"days": days}


def _address(shown: Shown, days: int, **more: str) -> str:
    return "?" + urlencode({"show": shown.value, "days": days, **more})


def _trend(now: int, before: int) -> str:
    if not before:
        return _("新出现")
    if now == before:
        return _("持平")
    return f"↑ {now - before}" if now > before else f"↓ {before - now}"


def _file(rows: Any) -> StreamingHttpResponse:
    head = [_("搜索词"), _("语言"), _("搜索次数"), _("没有找到"), _("只找到部分"), _("之前同样天数")]

    def cells() -> Iterator[list[str]]:
        yield head
        for row in rows.iterator():
            counts = (row["searches"], row["in_vain"], row["loosely"], row["before"])
            yield [row["words"], NAMES[LANGUAGES[row["language"]]], *map(str, counts)]

    return StreamingHttpResponse(
        lines(cells()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="searches.csv"', "X-Content-Type-Options": "nosniff"},
    )
