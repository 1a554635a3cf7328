"""Whom the desk tells of what: askers of every step of theirs, staff of what waits and what runs out.

The texts name a question by its number only; title and text stay behind the link.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office, Role
from portal.accounts.queries import holders
from portal.answers.models import Emergency, Leg, Question
from portal.answers.queries.duty import on_duty
from portal.answers.rules.reminders import is_office_time
from portal.journal.handlers import Told, subscribe
from portal.kernel.refs import Ref
from portal.kernel.workdays import local_date
from portal.notifications.actions import notify
from portal.notifications.addresses import Address, Channel, person
from portal.notifications.addresses import register as register_addresses
from portal.notifications.kinds import Kind, Words
from portal.notifications.kinds import register as register_kind
from portal.notifications.params import CODE, DEADLINE
from portal.notifications.sms.templates import Template
from portal.notifications.sms.templates import register as register_sms
from portal.workdays.queries import calendar

PARAMS = {"number": CODE, "accept_due": DEADLINE, "reply_due": DEADLINE}


# A reminder that could not be sent for so long is dropped: the next one of its ladder says the same.
ACCEPT_REMINDER_LIVES = timedelta(hours=12)
REPLY_REMINDER_LIVES = timedelta(days=1)


def _askers_page(ref: Ref) -> str:
    return reverse("answers:case", args=[ref.id])


def _tracking_page(ref: Ref) -> str:
    return reverse("answers:track")


def _staff_page(ref: Ref) -> str:
    return reverse("answers_desk:case", args=[ref.id])


def _emergency_page(ref: Ref) -> str:
    return reverse("answers_desk:emergency", args=[ref.id])


def _to_asker(key: str, subject: Words, body: Words) -> None:
    """Register a notice to askers; the SMS says the same, with the params that the words name."""
    template = register_sms(
        Template(f"question_{key}", tuple(name for name in PARAMS if f"{{{name}}}" in str(body)), body)
    )
    register_kind(
        Kind(
            key=f"answers.{key}",
            subject=subject,
            body=body,
            params=PARAMS,
            sms_template=template.key,
            url=_askers_page,
            url_without_account=_tracking_page,
        )
    )


def _to_staff(key: str, subject: Words, body: Words, good_for: timedelta | None = None) -> None:
    register_kind(
        Kind(key=f"answers.{key}", subject=subject, body=body, params=PARAMS, url=_staff_page, good_for=good_for)
    )


_to_asker(
    "received",
    _("问题 {number} 已收到"),
    _("我们收到了您的问题 {number}：{accept_due} 前受理，最迟 {reply_due} 答复。"),
)
_to_asker("accepted", _("问题 {number} 已受理"), _("承办单位已受理您的问题 {number}，最迟 {reply_due} 答复。"))
_to_asker("transferred", _("问题 {number} 已转办"), _("您的问题 {number} 已转给新的承办单位。您的两个时限不变。"))
_to_asker("answered", _("问题 {number} 已答复"), _("您的问题 {number} 有了答复。请查看，并告诉我们问题是否解决。"))
_to_asker("not_admitted", _("问题 {number} 不予受理"), _("您的问题 {number} 不予受理，理由和可以找的部门请见问题页。"))
_to_asker(
    "extended",
    _("问题 {number} 延期答复"),
    _("您的问题 {number} 经上级同意延期，最迟 {reply_due} 答复。阶段性答复请见问题页。"),
)
_to_asker("asked", _("问题 {number} 请您补充"), _("承办单位请您补充问题 {number} 的情况，补充后继续办理。"))
_to_asker("lapsed", _("问题 {number} 已结束"), _("没有等到您的补充，问题 {number} 已结束。如仍需要答复，请重新提问。"))
_to_asker("merged", _("问题 {number} 合并办理"), _("您的问题 {number} 与相同的问题合并办理，您的两个时限不变。"))
_to_asker(
    "handed_over",
    _("问题 {number} 已移交"),
    _("您的问题 {number} 事关安全，已移交紧急服务。情况紧急请立即拨打 110、119 或 120。"),
)
_to_asker("reopened", _("问题 {number} 再办"), _("上级同意再办您的问题 {number}，5 个工作日内再次答复。"))
_to_asker("not_reopened", _("问题 {number} 不再办"), _("上级没有同意再办您的问题 {number}，理由请见问题页。"))
_to_asker(
    "answered_again", _("问题 {number} 再次答复"), _("您的问题 {number} 有了再次答复。请查看，并告诉我们问题是否解决。")
)
_to_asker("taken_down", _("问题 {number} 的公开内容已撤下"), _("您的问题 {number} 的公开页面已撤下，理由请见该页面。"))
_to_asker("moved", _("问题 {number} 的日期改了"), _("工作日安排有变，您的问题 {number} 最迟 {reply_due} 答复。"))
_to_asker(
    "statement",
    _("问题 {number} 有了通报"),
    _("您的问题 {number} 涉及的突发事件有了通报，请见问题页。您的两个时限照算。"),
)
for _key, _subject, _body in (
    ("to_lead", _("突发事件：请牵头通报"), _("您的单位牵头处理一起突发事件，请在时限内首次通报。")),
    ("to_name_lead", _("突发事件：请指定牵头单位"), _("登记了一起突发事件，请在 30 分钟内指定牵头单位。")),
    ("emergency_missed", _("突发事件：时限已过"), _("一起突发事件超过了时限，请立即处理。")),
):
    register_kind(Kind(key=f"answers.{_key}", subject=_subject, body=_body, params={}, url=_emergency_page))
_to_staff("to_extend", _("问题 {number} 申请延期"), _("承办单位申请延期答复问题 {number}，请在到期前决定。"))
_to_staff("to_reopen", _("问题 {number} 申请再办"), _("提问人申请再办问题 {number}，请决定。"))
_to_staff(
    "extension_decided",
    _("问题 {number} 延期申请已决定"),
    _("问题 {number} 的延期申请已有决定，最迟 {reply_due} 答复。"),
)
_to_staff("to_help", _("问题 {number} 请会办"), _("请您的单位会办问题 {number}，并按时提交会办意见。"))
_to_staff("helped", _("问题 {number} 收到会办意见"), _("会办单位提交了问题 {number} 的会办意见。"))
_to_staff(
    "supplied", _("问题 {number} 已补充"), _("提问人补充了问题 {number} 的情况，答复继续计时，最迟 {reply_due}。")
)
_to_staff("to_answer_again", _("问题 {number} 再办"), _("上级同意再办问题 {number}，请在 5 个工作日内再次答复。"))
_to_staff("to_screen", _("新问题 {number} 待审核"), _("问题 {number} 等待审核和分派。"))
_to_staff("to_accept", _("问题 {number} 待受理"), _("问题 {number} 已分派到本单位，请尽快受理。"))
_to_staff("to_decide", _("问题 {number} 申请退回"), _("承办单位申请退回问题 {number}，请决定。"))
_to_staff("to_sign", _("问题 {number} 待审签"), _("问题 {number} 等待您审签。"))
_to_staff("to_publish", _("问题 {number} 待公开审核"), _("问题 {number} 已答复，提问人同意公开，请核对。"))
_to_staff(
    "accept_runs_out",
    _("问题 {number} 受理时限将到"),
    _("问题 {number} 须在 {accept_due} 前受理。"),
    good_for=ACCEPT_REMINDER_LIVES,
)
_to_staff(
    "reply_runs_out",
    _("问题 {number} 答复时限将到"),
    _("问题 {number} 最迟 {reply_due} 答复。"),
    good_for=REPLY_REMINDER_LIVES,
)
_to_staff("late_2", _("问题 {number} 超时两个工作日"), _("问题 {number} 超时已满两个工作日，仍未答复，请督办。"))
_to_staff(
    "late_5",
    _("问题 {number} 超时五个工作日，列入通报"),
    _("问题 {number} 超时已满五个工作日，仍未答复，列入督办通报。"),
)
_to_staff("missed", _("问题 {number} 已超时"), _("问题 {number} 已经超过承诺的时限，请立即办理。"))


def addresses_of_askers(question_ids: Sequence[str]) -> Mapping[str, Sequence[Address]]:
    """Return the ways to askers without account, from their sealed contacts."""
    asked = Question.objects.filter(pk__in=question_ids).exclude(contact_kind=Question.ContactKind.NONE)
    channel: dict[str, Channel] = {Question.ContactKind.PHONE: Channel.SMS, Question.ContactKind.EMAIL: Channel.EMAIL}
    return {
        str(question.pk): [Address(channel[question.contact_kind], question.contact, question.language)]
        for question in asked
    }


register_addresses("portal.answers.question", addresses_of_askers)

TO_ASKER = {
    "answers.question_submitted": "answers.received",
    "answers.question_accepted": "answers.accepted",
    "answers.question_transferred": "answers.transferred",
    "answers.answer_released": "answers.answered",
    "answers.question_not_admitted": "answers.not_admitted",
    "answers.extension_granted": "answers.extended",
    "answers.clock_paused": "answers.asked",
    "answers.question_lapsed": "answers.lapsed",
    "answers.question_merged": "answers.merged",
    "answers.question_handed_over": "answers.handed_over",
    "answers.question_reopened": "answers.reopened",
    "answers.reopening_refused": "answers.not_reopened",
    "answers.reopening_answered": "answers.answered_again",
    "answers.publication_withdrawn": "answers.taken_down",
    "answers.due_recomputed": "answers.moved",
}


@subscribe("answers.tell_asker", *TO_ASKER)
def tell_asker(told: Told) -> None:
    """Tell the asker of a step of theirs; of acceptance only the first time."""
    if told.name == "answers.question_accepted" and not told.payload["first"]:
        return
    if told.name == "answers.due_recomputed" and not _moved_for_people(told.payload):
        return
    question = _question(told)
    recipient = person(question.asker_id) if question.asker_id else question.ref
    _notify(told, question, TO_ASKER[told.name], [recipient])


@subscribe(
    "answers.tell_staff",
    "answers.question_submitted",
    "answers.question_dispatched",
    "answers.question_transferred",
    "answers.return_requested",
    "answers.refusal_proposed",
    "answers.review_requested",
    "answers.answer_released",
    "answers.reminder_due",
    "answers.verdict_recorded",
    "answers.extension_requested",
    "answers.extension_granted",
    "answers.extension_refused",
    "answers.helper_asked",
    "answers.helper_contributed",
    "answers.clock_resumed",
    "answers.reopening_requested",
    "answers.question_reopened",
)
def tell_staff(told: Told) -> None:
    """Tell the people whose turn it is."""
    question = _question(told)
    kind, people = _whose_turn(told, question)
    if people:
        _notify(told, question, kind, people)


def _whose_turn(told: Told, question: Question) -> tuple[str, list[str]]:
    payload = told.payload
    match told.name:
        case "answers.question_submitted":
            return "answers.to_screen", _at(Role.DISPATCHER, question.centre)
        case "answers.question_dispatched" | "answers.question_transferred":
            return "answers.to_accept", _at(Role.SPOKESPERSON, Office.objects.get(pk=payload["office"]))
        case "answers.return_requested":
            return "answers.to_decide", _at(Role.DISPATCHER, question.centre)
        case "answers.refusal_proposed":
            signers = [*_at(Role.DISPATCHER, question.centre), *_above(Role.LEADER, question.centre)]
            return "answers.to_sign", _without(told.actor, signers)
        case "answers.review_requested":
            signers = [*_at(Role.SPOKESPERSON, question.office), *_above(Role.LEADER, question.office)]
            return "answers.to_sign", _without(told.actor, signers)
        case "answers.answer_released":
            proposed = payload["publication"] == "proposed"
            return "answers.to_publish", _above(Role.EDITOR, question.office) if proposed else []
        case "answers.reminder_due":
            return _reminder(told, question)
        case "answers.extension_requested":
            return "answers.to_extend", _superiors(question)
        case "answers.extension_granted" | "answers.extension_refused":
            return "answers.extension_decided", _handlers(question.office)
        case "answers.helper_asked":
            return "answers.to_help", _handlers(Office.objects.get(pk=payload["office"]))
        case "answers.helper_contributed":
            return "answers.helped", _handlers(question.office)
        case "answers.clock_resumed":
            return "answers.supplied", _handlers(question.office)
        case "answers.reopening_requested":
            return "answers.to_reopen", _superiors(question)
        case "answers.question_reopened":
            return "answers.to_answer_again", _handlers(question.office)
        case "answers.verdict_recorded" if payload["outcome"] == "late" and payload["clock"] != "plain":
            office = Leg.objects.select_related("office").get(pk=payload["held_by"]).office
            return "answers.missed", [*_handlers(office), *_above(Role.LEADER, office)]
    return "", []


def _reminder(told: Told, question: Question) -> tuple[str, list[str]]:
    """Before the end: whoever works on it; after it: those above. At night only whoever is on duty."""
    rung = told.payload["rung"]
    if rung.startswith("late-"):
        return f"answers.{rung.replace('-', '_')}", [*_above(Role.LEADER, question.office), *_superiors(question)]
    if told.payload["clock"] == "accept" and not is_office_time(told.occurred_at, calendar()):
        duty = [person(user.pk) for user in on_duty(question.office_id, local_date(told.occurred_at))]
        return "answers.accept_runs_out", duty or _handlers(question.office)
    return f"answers.{told.payload['clock']}_runs_out", _reminded(rung, question.office)


def _reminded(rung: str, office: Office) -> list[str]:
    """Three days before: who writes; one day before: who speaks; on the last day: the leader too."""
    if rung == "reply-T3":
        return _at(Role.OFFICER, office) or _handlers(office)
    if rung == "reply-T0":
        return [*_handlers(office), *_above(Role.LEADER, office)]
    return _handlers(office)


def _handlers(office: Office) -> list[str]:
    return _at(Role.DISPATCHER if office.is_centre else Role.SPOKESPERSON, office)


def _moved_for_people(payload: Mapping[str, Any]) -> bool:
    """Tell whether a date moved that somebody waits for: not one that only became certain, nor the plain one."""
    old, new = (datetime.fromisoformat(payload[name]) for name in ("old_due", "due"))
    return payload["clock"] != "plain" and new != old


def _superiors(question: Question) -> list[str]:
    """Return the leaders above the office; where there is nobody, those of the centre."""
    above = question.office.get_parent()
    return (_above(Role.LEADER, above) if above else []) or _above(Role.LEADER, question.centre)


def _at(role: str, office: Office) -> list[str]:
    return [person(user.pk) for user in holders(role, office.pk)]


def _above(role: str, office: Office) -> list[str]:
    """Return who holds `role` at the office, or else at the nearest office above it."""
    for candidate in [office, *reversed(office.get_ancestors())]:
        if people := _at(role, candidate):
            return people
    return []


def _without(actor: str, people: Iterable[str]) -> list[str]:
    """Leave out the one who acted: nobody signs what is their own."""
    return [one for one in people if one.partition(":")[2] != actor.partition(":")[2]]


def _question(told: Told) -> Question:
    return Question.objects.select_related("office", "centre").get(pk=Ref.parse(told.aggregate).id)


def _notify(told: Told, question: Question, kind: str, people: Iterable[str]) -> None:
    notify(
        position=told.position,
        recipients=people,
        kind=kind,
        ref=told.aggregate,
        params={"number": question.number, "accept_due": question.accept_due, "reply_due": question.reply_due},
        at=told.occurred_at,
        language=question.language,
    )


@subscribe("answers.tell_of_statement", "answers.statement_published")
def tell_of_statement(told: Told) -> None:
    """Give a statement to every asker whose question belongs to the emergency."""
    for question in Question.objects.filter(emergency_id=Ref.parse(told.aggregate).id):
        recipient = person(question.asker_id) if question.asker_id else question.ref
        notify(
            position=told.position,
            recipients=[recipient],
            kind="answers.statement",
            ref=question.ref,
            params={"number": question.number, "accept_due": question.accept_due, "reply_due": question.reply_due},
            at=told.occurred_at,
            language=question.language,
        )


@subscribe(
    "answers.tell_of_emergency",
    "answers.emergency_opened",
    "answers.emergency_lead_named",
    "answers.emergency_clock_missed",
)
def tell_of_emergency(told: Told) -> None:
    """Tell those whose turn it is in an emergency."""
    emergency = Emergency.objects.select_related("centre", "lead").get(pk=Ref.parse(told.aggregate).id)
    centre = [*_at(Role.DISPATCHER, emergency.centre), *_above(Role.LEADER, emergency.centre)]
    kind, people = {
        "answers.emergency_opened": ("to_name_lead", centre),
        "answers.emergency_lead_named": ("to_lead", _handlers(emergency.lead) if emergency.lead else []),
        "answers.emergency_clock_missed": ("emergency_missed", centre),
    }[told.name]
    notify(
        position=told.position,
        recipients=dict.fromkeys(people),
        kind=f"answers.{kind}",
        ref=told.aggregate,
        params={},
        at=told.occurred_at,
    )
