"""What staff read out to the person whose question they have just entered, and what stands on the slip of paper.

Nothing of the matter itself: a slip lies around.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.accounts import phones
from portal.answers.models import Question
from portal.answers.rules.contacts import Contact, masked
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY
from portal.ui.identity import identity

Kind = Question.ContactKind


def groups(code: str) -> list[str]:
    """Return a tracking code as people copy it."""
    return code.split("-") if code else []


def lines(question: Question, now: datetime) -> list[str]:
    """Return what to say, sentence by sentence, in the present language; the code is read from beside it."""
    accept = f"{question.accept_due.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    reply = f"{(question.reply_due - ONE_DAY).astimezone(SHANGHAI):%Y-%m-%d}"
    said = [_("您的问题已经登记，编号是 %(number)s。") % {"number": question.number}]
    if now < question.accept_due:
        said.append(_("%(at)s 前会有单位受理。") % {"at": accept})
    else:
        said.append(_("受理时限 %(at)s 已经过了，这是我们的超时，会如实记录；我们马上办。") % {"at": accept})
    if now < question.reply_due:
        said.append(_("最迟 %(day)s 答复；转给别的单位，日期也不推迟。") % {"day": reply})
    else:
        said.append(_("答复的日期 %(day)s 也已经过了，会如实记录；我们尽快答复。") % {"day": reply})
    if question.confidential:
        said.append(_("按保密办理：不公开，承办单位看不到您是谁，也看不到您的原话。"))
    said.append(_how_told(question, shown_contact(question)))
    said.append(_("请记下查询码，有了它随时可以查询、补充、撤回和评价，请不要告诉别人。"))
    return said


def ways(question: Question, track_address: str) -> list[str]:
    """Return how the person hears of the answer, for the slip."""
    masked_contact = masked(Contact(question.contact_kind, question.contact)) if question.contact_sealed else ""
    found = [
        _how_told(question, masked_contact),
        _("上网查询：%(address)s，输入上面的查询码。") % {"address": track_address},
    ]
    if hotline := identity().hotline:
        found.append(_("打热线 %(hotline)s，报编号和查询码。") % {"hotline": hotline})
    return found


def shown_contact(question: Question) -> str:
    """Write the contact in full, as its owner does: to be read back."""
    value = question.contact
    return value if question.contact_kind == Kind.EMAIL else phones.display(value)


def _how_told(question: Question, contact: str) -> str:
    sentence = {
        Kind.CALL: _("有了答复，我们打 %(contact)s 告诉您。"),
        Kind.PHONE: _("受理和答复时，我们发短信到 %(contact)s。"),
        Kind.EMAIL: _("受理和答复时，我们发邮件到 %(contact)s。"),
        Kind.NONE: _("您没有留联系方式：请凭查询码上网、打热线或到窗口问答复，丢失了无法找回。"),
    }
    return sentence[Kind(question.contact_kind)] % {"contact": contact}
