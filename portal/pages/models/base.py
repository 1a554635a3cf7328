"""What every page of the editors has. Chinese pages hang below one home page, English ones below its translation."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.search import index

from portal.pages.forms.editing import CheckedPageForm
from portal.pages.models.previews import Previews
from portal.pages.permissions import FourEyesPermissions
from portal.pages.presenting.meta import article_tags, column_of, source_of
from portal.pages.telling import is_of_drafts, tell
from portal.ui.caching import public_page
from portal.ui.languages import HTML_CODES, NAMES

# What a text may hold. Headings begin below the page's own; no pictures without their own block.
TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "hr"]


class BasePage(Previews, Page):
    """What every page of the editors has.

    summary: one or two sentences, shown under the title, in lists and, unless the page has a
    search description of its own, by search engines.
    """

    summary = models.CharField(_("摘要"), max_length=200, blank=True)

    # On pages about a topic (`portal.pages.presenting.topics`): the place of the type, its order, and the list of all by name.
    topic_order = 50
    topic_sorting: tuple[str, ...] = ("-first_published_at", "-pk")
    topic_list = ""

    # Whether it is a column of the site, and which of a government site's duties it serves.
    is_column = False
    column_kind: Any = ""
    # The pages between the home page and this one; the way that a request came has found them already.
    above: list[Page] | None = None

    base_form_class = CheckedPageForm
    content_panels: list[Any] = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Return the pages of this type with what their template reads of other tables."""
        return cls.objects.all()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Tell of what readers see from now on, or no longer."""
        was_there = not self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if (self.live or was_there) and not is_of_drafts(kwargs.get("update_fields")):
                tell([self])

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Tell of the page and of those below it."""
        with transaction.atomic():
            tell(self.get_descendants(inclusive=True))
            return super().delete(*args, **kwargs)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what keeps readers out, of this page and those above it: by their places in the tree, in one query.

        An alias takes over its source's; Wagtail knows how.
        """
        if self.above is None or any(page.alias_of_id for page in (self, *self.above)):
            restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
            return restrictions
        places = [self.path[:length] for length in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=places)

    def _way_here(self) -> list[Page]:
        # Root and home page stand above every page: the breadcrumbs begin with the home page by themselves.
        if self.above is None:
            self.above = list(self.get_ancestors().filter(depth__gt=2)) if self.depth > 3 else []
        return self.above

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what a person may do with the page: nobody releases alone what they have written."""
        return FourEyesPermissions(user, self)

    @property
    def in_brief(self) -> str:
        """What lists of pages of several types say under the title."""
        return self.summary

    @property
    def description(self) -> str:
        """What search engines show."""
        return self.search_description or self.summary

    @property
    def content_source(self) -> str:
        """Whose words the page holds."""
        return source_of(self)

    @property
    def picture_address(self) -> str:
        """Where the picture is that stands for the page; absolute, empty where there is none."""
        return ""

    @property
    def keywords(self) -> list[str]:
        """What the page is found by."""
        return [getattr(self, "plain_name", "")] if getattr(self, "plain_name", "") else []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; visitors without an account share one copy for a minute."""
        response: HttpResponse = public_page()(super().serve)(request, *args, **kwargs)
        return response

    def _untranslated_from(self) -> tuple[str, str] | None:
        """Return code (as HTML writes it) and name of the language that stands here until there is a translation."""
        if self.alias_of is None:
            return None
        code = self.alias_of.locale.language_code
        return (HTML_CODES[code], NAMES[code]) if code != self.locale.language_code else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page's own address and tags, and tell the layout its column and where it stands in the other language."""
        live = Page.objects.filter(translation_key=self.translation_key, live=True).select_related("locale")
        translations = list(live.only("url_path", "alias_of", "locale__language_code").order_by())
        address = self.get_url(request)
        # What follows the page's own address, such as a guide's checklist, is there in each language.
        own = unquote(address)
        part = request.path.removeprefix(own) if request.path.startswith(own) else ""
        request.language_paths = {  # type: ignore[attr-defined]
            page.locale.language_code: page.get_url(request) + part for page in translations
        }
        request.unwritten_languages = {  # type: ignore[attr-defined]
            page.locale.language_code for page in translations if page.alias_of_id
        }
        canonical = f"{settings.BASE_URL}{address}"
        request.column = column_of(self, self._way_here())  # type: ignore[attr-defined]
        shown = {
            "untranslated_from": self._untranslated_from(),
            "canonical": canonical,
            "article_tags": [] if self.is_column else article_tags(self, canonical, self.picture_address),
            "above": [(page.title, page.get_url(request)) for page in self._way_here()],
        }
        return super().get_context(request, *args, **kwargs) | shown


class ListPage(BasePage):
    """A column of the site that only lists what stands below it, once in each language."""

    max_count_per_parent = 1  # type: ignore[assignment]
    parent_page_types = ["portal_pages.HomePage"]
    is_column = True

    class Meta:
        abstract = True
