"""Which canned passages an office may use, and what their variables say of a question."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import Office
from portal.answers.models import Passage, Question
from portal.answers.permissions import P
from portal.kernel.actors import Actor
from portal.kernel.permissions import can
from portal.kernel.workdays import ONE_DAY, local_date


def passage_offices(actor: Actor) -> list[Office]:
    """Return the offices whose passages `actor` writes, parents first. One query."""
    held = Office.objects.filter(pk__in={UUID(grant.office_id) for grant in actor.grants}, is_active=True)
    return [office for office in held.order_by("path") if can(actor, P.WRITE_PASSAGES, office)]


def passages_for(office: Office) -> list[Passage]:
    """Return what the office may put into an answer: its own first, then what offices above share. One query."""
    above = [office.path[:end] for end in range(Office.steplen, len(office.path), Office.steplen)]
    usable = Q(office=office) | Q(office__path__in=above, office__is_active=True, is_shared=True)
    found = Passage.objects.filter(usable).select_related("office", "changed_by")
    return list(found.order_by("-office__path", "title", "pk"))


def values_of(question: Question, now: datetime) -> dict[str, str]:
    """Return what the variables say, in the language the question was asked in; "" where nobody knows.

    question: loaded with office and topic.
    """
    due = question.reopen_due or question.reply_due
    provisional = question.reopen_provisional if question.reopen_due else question.reply_provisional
    with translation.override(question.language):
        last_day = date_format(local_date(due) - ONE_DAY, "DATE_FORMAT")
        return {
            "编号": question.number,
            "标题": question.title,
            "主题": question.topic.local_name,
            "称呼": question.nickname,
            "单位": question.office.local_name,
            "单位电话": question.office.phone,
            "提交日期": date_format(local_date(question.submitted_at), "DATE_FORMAT"),
            "答复期限": _("%(day)s（预计）") % {"day": last_day} if provisional else last_day,
            "今天": date_format(local_date(now), "DATE_FORMAT"),
        }
