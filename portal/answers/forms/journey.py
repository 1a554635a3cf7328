"""The order of the asking journey's pages, and which of them a draft still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from portal.accounts.models import Office
from portal.answers.actions.asking import contact_is_proven
from portal.answers.forms.asking import (
    ConsentForm,
    ContactForm,
    OfficeForm,
    PageForm,
    PlaceForm,
    QuestionForm,
    TopicForm,
)
from portal.answers.models import AskDraft
from portal.answers.rules.contacts import Contact
from portal.kernel.actors import Actor

FILES = "files"
CODE = "code"
CHECK = "check"
FORMS: dict[str, type[PageForm]] = {
    "topic": TopicForm,
    "office": OfficeForm,
    "question": QuestionForm,
    "place": PlaceForm,
    "contact": ContactForm,
    "consent": ConsentForm,
}
ORDER = ("topic", "office", "question", "place", FILES, "contact", "consent")
# The draft's name for a contact to which no code could be sent: mail or SMS was down.
UNSENT_TO = "unsent_to"
# The draft's name for the title that somebody brought along from the search.
SUGGESTED = "suggested_title"


@dataclass(frozen=True)
class Journey:
    """One draft on its way through the pages, for the one who walks it."""

    draft: AskDraft
    actor: Actor
    _forms: dict[str, PageForm] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def typed(self) -> dict[str, Any]:
        """What the draft holds, opened once."""
        return self.draft.answers

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of this journey; an account is reached through the account."""
        return tuple(page for page in ORDER if not (page == "contact" and self.actor.is_person))

    def form(self, page: str) -> PageForm:
        """Return a page's form with what was typed there, its errors included; unbound at first sight."""
        if page not in self._forms:
            suggested = {"title": self.typed.get(SUGGESTED, "")} if page == "question" else None
            self._forms[page] = FORMS[page](self.typed.get(_raw(page)), initial=suggested)
        return self._forms[page]

    def unjudged(self, page: str) -> PageForm:
        """Return a page's form with what was typed there and no errors: it is still being written."""
        raw = self.typed.get(_raw(page))
        return FORMS[page](initial=raw) if raw else self.form(page)

    @property
    def chosen_office(self) -> Office | None:
        """The office that was wished for; None for "I don't know"."""
        return cast(OfficeForm, self.form("office")).chosen

    def next_page(self, page: str) -> str:
        """Return the page that follows, `CHECK` after the last."""
        pages = (*self.pages, CHECK)
        return pages[pages.index(page) + 1]

    def page_before(self, page: str) -> str:
        """Return the page that precedes, the empty text before the first."""
        pages = ("", *self.pages, CHECK)
        return pages[pages.index(page) - 1]

    def missing(self) -> str:
        """Return the first page that lacks something valid, `CODE` for an unproven contact; "" when none does."""
        for page in self.pages:
            if page in FORMS and not self.form(page).is_valid():
                return page
            if page == "contact" and self.contact and not self.may_use_contact:
                return CODE
        return ""

    @property
    def contact(self) -> Contact | None:
        """The contact as it was cleaned; None without one."""
        return Contact.read(self.typed)

    @cached_property
    def is_proven(self) -> bool:
        """Tell whether the contact was verified."""
        return self.contact is not None and contact_is_proven(self.draft, self.contact)

    @property
    def is_unreachable(self) -> bool:
        """Tell whether no code could be sent to this contact, so that the journey goes on without."""
        return self.contact is not None and self.typed.get(UNSENT_TO) == self.contact.value

    @property
    def may_use_contact(self) -> bool:
        """Tell whether the journey may go on with this contact."""
        return self.is_proven or self.is_unreachable


def read_page(page: str, sent: Mapping[str, str]) -> tuple[PageForm, dict[str, Any]]:
    """Bind a page to what was sent; return the form and what the draft must keep, right or wrong."""
    raw = {name: sent.get(name, "") for name in FORMS[page].base_fields}
    form = FORMS[page](raw)
    keep: dict[str, Any] = {_raw(page): raw}
    return form, keep | form.kept() if form.is_valid() else keep


def _raw(page: str) -> str:
    return f"page:{page}"
