"""The published answers as open data, and the other files that the desk gives out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Field, Schema

from portal.answers.models import AnswerPage
from portal.kernel.workdays import local_date
from portal.opendata import datasets
from portal.opendata.datasets import Dataset, Filter, OtherFile
from portal.workdays.queries import calendar


class Named(Schema):
    """A name with the code that stays."""

    code: str
    name: str


class Answer(Schema):
    """A published question with its answer; of a withdrawn one only what the tombstone shows."""

    id: UUID = Field(description=gettext_noop("编号，始终不变"))
    number: str = Field(description=gettext_noop("问题编号"))
    url: str = Field(description=gettext_noop("网页"))
    title: str = Field(description=gettext_noop("标题"))
    question: str = Field(description=gettext_noop("问题，按公开的文字"))
    answer: str = Field(description=gettext_noop("答复，按公开的文字"))
    office: Named | None = Field(description=gettext_noop("答复单位"))
    topic: Named | None = Field(description=gettext_noop("主题"))
    submitted_at: datetime | None = Field(description=gettext_noop("提问时间"))
    accepted_at: datetime | None = Field(description=gettext_noop("受理时间"))
    answered_at: datetime | None = Field(description=gettext_noop("答复时间"))
    working_days: int | None = Field(description=gettext_noop("从提问到答复的工作日数"))
    events_url: str | None = Field(description=gettext_noop("经过和时限结论，可以自己核对"))
    withdrawn_at: datetime | None = Field(description=gettext_noop("撤下时间；撤下后不再有文字"))
    withdrawal_reason: str | None = Field(description=gettext_noop("撤下理由的代码"))
    changed_at: datetime = Field(description=gettext_noop("最后修改时间"))


def _rows() -> QuerySet[Any]:
    """Return the published answers: they are one in all languages."""
    return (
        AnswerPage.objects.live()
        .public()
        .select_related("question__listing__office", "question__listing__topic")
        .defer_streamfields()
    )


def _make(page: AnswerPage, request: HttpRequest) -> Answer:
    address = page.url_path.rstrip("/").split("/")[-3:]
    listing = getattr(page.question, "listing", None)
    days = None
    if listing and listing.answered_at:
        days = calendar().working_days_between(local_date(listing.submitted_at), local_date(listing.answered_at))
    return Answer(
        id=page.question_id,
        number=page.question.number,
        url=settings.BASE_URL + reverse("answers:page", args=address),
        title=page.title,
        question=page.question_text,
        answer=page.answer_text,
        office=listing and Named(code=listing.office.code, name=listing.office.local_name),
        topic=listing and Named(code=listing.topic.slug, name=listing.topic.local_name),
        submitted_at=listing and listing.submitted_at,
        accepted_at=listing and listing.accepted_at,
        answered_at=listing and listing.answered_at,
        working_days=days,
        events_url=settings.BASE_URL + reverse("answers:events_json", args=address) if listing else None,
        withdrawn_at=page.withdrawn_at,
        withdrawal_reason=page.withdrawal_reason or None,
        changed_at=page.changed_at,
    )


datasets.register(
    Dataset(
        name="answers",
        title=_("问答公开"),
        about=_("经提问人同意公开的问题和单位的答复。撤下的留下编号、时间和理由。"),
        item=Answer,
        rows=_rows,
        make=_make,
        key="question_id",
        changed="changed_at",
        filters={
            "office": Filter("question__listing__office__code", gettext_noop("单位的代码")),
            "topic": Filter("question__listing__topic__slug", gettext_noop("主题的代码")),
        },
    )
)
datasets.register_file(
    OtherFile(_("办理情况"), _("各单位按月的数字，由写定的结论加总。"), "answers:performance_csv", "CSV")
)
datasets.register_file(OtherFile(_("办理情况"), _("同样的数字，供程序读取。"), "answers:performance_json", "JSON"))
datasets.register_file(
    OtherFile(_("公开问题的经过"), _("每个公开问题的经过，用来核对时限结论。"), "answers:questions_jsonl", "JSON Lines")
)
datasets.register_file(OtherFile(_("工作日历"), _("各版本的放假和调休日。"), "answers:calendar_json", "JSON"))
datasets.register_file(OtherFile(_("工作日历"), _("可以在日历软件里订阅。"), "answers:calendar_ics", "iCalendar"))
datasets.register_file(OtherFile(_("最新答复"), _("可以在阅读器里订阅。"), "answers:feed", "Atom"))
