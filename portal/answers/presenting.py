"""What the public pages show of questions: clocks with the day people read, and how long it took."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.answers.clock_views import ClockView, clock_views, duration
from portal.answers.labels import AWAITS_PUBLICATION, PUBLIC_STATE, Label, verdict_label
from portal.answers.models import Listing, Question, Verdict
from portal.answers.rules.verdicts import ClockKind
from portal.answers.states import EXCLUDED
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date
from portal.workdays.queries import calendar

# Characters of an interim answer in the list.
INTERIM_SHOWN = 120


@dataclass(frozen=True)
class ShownClock:
    """A clock for the `deadline` component. due: the minute for 24 hours, the last day for working days."""

    name: str
    words: str
    tone: str
    due: datetime | date | None
    stopped_at: datetime | None
    provisional: bool

    @classmethod
    def of(cls, view: ClockView) -> "ShownClock":
        """Show a running clock with its due date; a stopped one no longer has any."""
        due = view.due if view.kind == ClockKind.ACCEPT else local_date(view.last_day)
        return cls(
            name=view.name,
            words=view.words,
            tone=view.tone,
            due=due if view.stopped_at is None else None,
            stopped_at=view.stopped_at,
            provisional=view.provisional and view.stopped_at is None,
        )


def first_date(item: Question | Listing) -> list[ShownClock]:
    """Return the date first promised, where an extension or a pause has moved the reply: it stays visible."""
    if item.plain_due is None:
        return []
    last_day = local_date(item.plain_due) - ONE_DAY
    return [ShownClock(_("原定最迟答复"), _("单独统计"), "neutral", last_day, None, provisional=False)]


def shown_clocks(item: Question | Listing, now: datetime, days: WorkCalendar | None = None) -> list[ShownClock]:
    """Return the asker's two clocks of a question or of its public row."""
    ended = item.state in EXCLUDED
    return [ShownClock.of(view) for view in clock_views(item, now, days or calendar(), ended=ended)]


def took(item: Question | Listing, days: WorkCalendar) -> str:
    """Return how long the answer took, in whole working days as the promise counts them; "" without answer."""
    if item.answered_at is None:
        return ""
    count = days.working_days_between(local_date(item.submitted_at), local_date(item.answered_at))
    if count <= 0:
        return _("不到 1 个工作日")
    return ngettext("%(count)d 个工作日", "%(count)d 个工作日", count) % {"count": count}


@dataclass(frozen=True)
class Tab:
    """One view of a list."""

    text: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Card:
    """A row of the public list for the `question-card` component."""

    title: str
    href: str
    office: str
    topic: str
    state: Label
    asked_at: datetime
    answered_at: datetime | None
    took: str
    clocks: list[ShownClock]
    excerpt: str


def cards(rows: Iterable[Listing], now: datetime) -> list[Card]:
    """Prepare public rows, loaded with office and topic."""
    days = calendar()
    return [
        Card(
            title=row.title,
            href=public_address(row),
            office=row.office.local_name,
            topic=row.topic.local_name,
            state=PUBLIC_STATE[row.state] if row.is_answered or row.answered_at is None else AWAITS_PUBLICATION,
            asked_at=row.submitted_at,
            answered_at=row.answered_at if row.is_answered else None,
            took=took(row, days) if row.is_answered else "",
            clocks=[] if row.is_answered else shown_clocks(row, now, days) + first_date(row),
            excerpt=_interim(row),
        )
        for row in rows
    ]


def _interim(row: Listing) -> str:
    """Return the first words of what the office has said meanwhile; the page behind the title has all of it."""
    if row.is_answered or not row.interim:
        return ""
    return _("阶段性答复：%(text)s") % {"text": Truncator(row.interim).chars(INTERIM_SHOWN)}


@dataclass(frozen=True)
class ClockFact:
    """How one clock of an answered question ended. label: its verdict, None while it has none."""

    name: str
    at: datetime | None
    label: Label | None
    took: str


def clock_facts(listing: Listing, outcomes: Iterable[Verdict]) -> list[ClockFact]:
    """Return how both clocks of a published answer ended."""
    moved = listing.plain_due is not None
    verdicts = {verdict.clock: verdict_label(verdict.clock, verdict.outcome, moved=moved) for verdict in outcomes}
    accepted = duration(listing.accepted_at - listing.submitted_at) if listing.accepted_at else ""
    facts = [
        ClockFact(_("受理"), listing.accepted_at, verdicts.get(ClockKind.ACCEPT), accepted),
        ClockFact(_("答复"), listing.answered_at, verdicts.get(ClockKind.REPLY), took(listing, calendar())),
    ]
    if moved:
        facts.append(ClockFact(_("原定时限"), None, verdicts.get(ClockKind.PLAIN), ""))
    if ClockKind.REOPEN in verdicts:
        facts.append(ClockFact(_("再办"), None, verdicts[ClockKind.REOPEN], ""))
    return facts


def public_address(row: Listing) -> str:
    """Return the answer's page in the language of the reader; for a waiting question, how its dates come about."""
    parts = row.page_url.strip("/").split("/")
    if row.is_answered and len(parts) >= 3:
        return reverse("answers:page", args=parts[-3:])
    return reverse("answers:why", args=[row.question_id])


def qa_page(title: str, question: str, answer: str, listing: Listing, address: str) -> SafeString:
    """Return the schema.org QAPage of a published answer, safe to stand in a script element."""
    asked, answered = listing.submitted_at, listing.answered_at
    data = {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "inLanguage": "zh-Hans",
        "url": address,
        "mainEntity": {
            "@type": "Question",
            "name": title,
            "text": question,
            "answerCount": 1,
            "dateCreated": asked.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "author": {"@type": "Person", "name": "居民"},
            "acceptedAnswer": {
                "@type": "Answer",
                "text": answer,
                "dateCreated": answered.astimezone(SHANGHAI).isoformat(timespec="seconds") if answered else None,
                "url": f"{address}#answer",
                "upvoteCount": 0,
                "author": {"@type": "GovernmentOrganization", "name": listing.office.name},
            },
        },
    }
    # "<" would let a text end the script element; the escape means the same in JSON.
    return mark_safe(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S308
