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
from portal.answers.rules.passages import OF_ONE_ASKER, named
from portal.answers.states import State
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

    Others who get the same answer must not read whom it was written for, so what speaks of one asker stays unfilled.
    question: loaded with office and topic.
    """
    due = question.reopen_due or question.reply_due
    provisional = question.reopen_provisional if question.reopen_due else question.reply_provisional
    with translation.override(question.language):
        last_day = date_format(local_date(due) - ONE_DAY, "DATE_FORMAT")
        values = {
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
    return values | (dict.fromkeys(OF_ONE_ASKER, "") if answers_several(question) else {})


def answers_several(question: Question) -> bool:
    """Tell whether one answer goes to several askers: others follow this question, or it follows another one."""
    return question.members_due is not None or question.state == State.MERGED


def named_askers(question: Question) -> list[str]:
    """Return the askers whom the latest version names although others get it as well. No query where nobody does."""
    if not answers_several(question):
        return []
    text = question.drafts.order_by("-version").values_list("text", flat=True).first()
    following = question.members.filter(state=State.MERGED).order_by("submitted_at", "pk")
    return named(text or "", [question.nickname, *following.values_list("nickname", flat=True)])
