"""What the desk tells people: every kind of notice with its words, in the order of the table of steps.

The texts name a question by its number only; title and text stay behind the link. Who is told of
what stands in `notices`.
"""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.answers.plugs.notice_groups import EMERGENCIES, MY_QUESTIONS, REMINDERS, STATEMENTS, STILL_TRUE, TURNS
from portal.kernel.refs import Ref
from portal.notifications.groups import Group, Words
from portal.notifications.kinds import Kind
from portal.notifications.kinds import register as register_kind
from portal.notifications.params import CODE, DEADLINE
from portal.notifications.sms.templates import Template
from portal.notifications.sms.templates import register as register_sms

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


def _calls_page(ref: Ref) -> str:
    return reverse("answers_desk:calls")


def _queue_page(ref: Ref) -> str:
    return reverse("answers_desk:queue")


def _emergency_page(ref: Ref) -> str:
    return reverse("answers_desk:emergency", args=[ref.id])


def _to_asker(
    key: str,
    subject: Words,
    body: Words,
    *,
    must: Words = "",
    urgent: bool = False,
    group: Group = MY_QUESTIONS,
) -> None:
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
            group=group,
            must=must,
            urgent=urgent,
        )
    )


def _to_staff(
    key: str,
    subject: Words,
    body: Words,
    *,
    good_for: timedelta | None = None,
    group: Group = TURNS,
    must: Words = "",
    urgent: bool = False,
    url: Callable[[Ref], str] = _staff_page,
) -> None:
    register_kind(
        Kind(
            key=f"answers.{key}",
            subject=subject,
            body=body,
            params=PARAMS,
            url=url,
            good_for=good_for,
            still_true=STILL_TRUE.get(key),
            group=group,
            must=must,
            urgent=urgent,
        )
    )


_to_asker(
    "received",
    _("问题 {number} 已收到"),
    _("我们收到了您的问题 {number}：{accept_due} 前受理，最迟 {reply_due} 答复。"),
    must=_("提交回执"),
    urgent=True,
)
_to_asker("accepted", _("问题 {number} 已受理"), _("承办单位已受理您的问题 {number}，最迟 {reply_due} 答复。"))
_to_asker("transferred", _("问题 {number} 已转办"), _("您的问题 {number} 已转给新的承办单位。您的两个时限不变。"))
_to_asker(
    "answered",
    _("问题 {number} 已答复"),
    _("您的问题 {number} 有了答复。请查看，并告诉我们问题是否解决。"),
    must=_("答复结果"),
)
_to_asker(
    "not_admitted",
    _("问题 {number} 不予受理"),
    _("您的问题 {number} 不予受理，理由和可以找的部门请见问题页。"),
    must=_("不予受理的决定"),
)
_to_asker(
    "extended",
    _("问题 {number} 延期答复"),
    _("您的问题 {number} 经上级同意延期，最迟 {reply_due} 答复。阶段性答复请见问题页。"),
)
_to_asker(
    "asked",
    _("问题 {number} 请您补充"),
    _("承办单位请您补充问题 {number} 的情况，补充后继续办理。"),
    must=_("请您补充的通知"),  # without a word from the asker the question lapses
)
_to_asker("lapsed", _("问题 {number} 已结束"), _("没有等到您的补充，问题 {number} 已结束。如仍需要答复，请重新提问。"))
_to_asker("merged", _("问题 {number} 合并办理"), _("您的问题 {number} 与相同的问题合并办理，您的两个时限不变。"))
_to_asker(
    "handed_over",
    _("问题 {number} 已移交"),
    _("您的问题 {number} 事关安全，已移交紧急服务。情况紧急请立即拨打 110、119 或 120。"),
    must=_("移交紧急服务的告知"),
    urgent=True,
)
_to_asker("reopened", _("问题 {number} 再办"), _("上级同意再办您的问题 {number}，5 个工作日内再次答复。"))
_to_asker("not_reopened", _("问题 {number} 不再办"), _("上级没有同意再办您的问题 {number}，理由请见问题页。"))
_to_asker(
    "answered_again",
    _("问题 {number} 再次答复"),
    _("您的问题 {number} 有了再次答复。请查看，并告诉我们问题是否解决。"),
    must=_("答复结果"),
)
_to_asker(
    "called_back",
    _("您对问题 {number} 的评价已记下"),
    _("谢谢您接听回访。您对问题 {number} 的评价已记下，请查看；与您说的不符，请致电受理中心。"),
)
_to_asker("taken_down", _("问题 {number} 的公开内容已撤下"), _("您的问题 {number} 的公开页面已撤下，理由请见该页面。"))
_to_asker("moved", _("问题 {number} 的日期改了"), _("工作日安排有变，您的问题 {number} 最迟 {reply_due} 答复。"))
_to_asker(
    "receipt_corrected",
    _("问题 {number} 的日期改了"),
    _("我们核对更正了收到您问题 {number} 的时间：{accept_due} 前受理，最迟 {reply_due} 答复。"),
    must=_("时限更正的告知"),  # what was promised aloud may be later now
)
_to_asker(
    "statement",
    _("问题 {number} 有了通报"),
    _("您的问题 {number} 涉及的突发事件有了通报，请见问题页。您的两个时限照算。"),
    group=STATEMENTS,
    urgent=True,
)
for _key, _subject, _body in (
    ("to_lead", _("突发事件：请牵头通报"), _("您的单位牵头处理一起突发事件，请在时限内首次通报。")),
    ("to_name_lead", _("突发事件：请指定牵头单位"), _("登记了一起突发事件，请在 30 分钟内指定牵头单位。")),
    ("emergency_missed", _("突发事件：时限已过"), _("一起突发事件超过了时限，请立即处理。")),
):
    register_kind(
        Kind(
            key=f"answers.{_key}",
            subject=_subject,
            body=_body,
            params={},
            url=_emergency_page,
            still_true=STILL_TRUE[_key],
            group=EMERGENCIES,
            must=_("须在几小时内完成的处置"),
            urgent=True,
        )
    )
register_kind(
    Kind(
        key="answers.to_call",
        subject=_("本期电话回访已抽签"),
        body=_("有提问人等待回访，请在 {due} 前打完。抽中的名单请不要告诉承办单位。"),
        params={"due": DEADLINE},
        url=_calls_page,
        still_true=STILL_TRUE["to_call"],
        group=TURNS,
    )
)
_to_staff("to_extend", _("问题 {number} 申请延期"), _("承办单位申请延期答复问题 {number}，请在到期前决定。"))
_to_staff("to_reopen", _("问题 {number} 申请再办"), _("提问人申请再办问题 {number}，请决定。"))
_to_staff(
    "extension_decided",
    _("问题 {number} 延期申请已决定"),
    _("问题 {number} 的延期申请已有决定，最迟 {reply_due} 答复。"),
)
_to_staff("to_help", _("问题 {number} 请会办"), _("请您的单位会办问题 {number}，并按时提交会办意见。"))
_to_staff(
    "undelivered",
    _("问题 {number} 的通知没有送达提问人"),
    _("发给问题 {number} 提问人的通知没有送达。原因和可以怎么做，请见问题页。"),
)
_to_staff("helped", _("问题 {number} 收到会办意见"), _("会办单位提交了问题 {number} 的会办意见。"))
_to_staff(
    "supplied", _("问题 {number} 已补充"), _("提问人补充了问题 {number} 的情况，答复继续计时，最迟 {reply_due}。")
)
_to_staff("to_answer_again", _("问题 {number} 再办"), _("上级同意再办问题 {number}，请在 5 个工作日内再次答复。"))
_to_staff("to_screen", _("新问题 {number} 待审核"), _("问题 {number} 等待审核和分派。"))
_to_staff("to_check", _("问题 {number} 的收到时间待核对"), _("问题 {number} 登记得较晚，收到时间须由另一个人核对。"))
_to_staff("to_accept", _("问题 {number} 待受理"), _("问题 {number} 已分派到本单位，请尽快受理。"))
_to_staff(
    "to_tell", _("问题 {number} 待打电话告知答复"), _("问题 {number} 已答复，提问人等电话：请打电话告知，并作登记。")
)
_to_staff(
    "recalled",
    _("问题 {number} 已收回"),
    _("受理中心收回了刚才分派的问题 {number}，本单位不用受理。"),
    url=_queue_page,
)
_to_staff("to_decide", _("问题 {number} 申请退回"), _("承办单位申请退回问题 {number}，请决定。"))
_to_staff("to_sign", _("问题 {number} 待审签"), _("问题 {number} 等待您审签。"))
_to_staff("to_publish", _("问题 {number} 待公开审核"), _("问题 {number} 已答复，提问人同意公开，请核对。"))
_to_staff(
    "accept_runs_out",
    _("问题 {number} 受理时限将到"),
    _("问题 {number} 须在 {accept_due} 前受理。"),
    good_for=ACCEPT_REMINDER_LIVES,
    group=REMINDERS,
    must=_("24 小时受理时限"),
    urgent=True,
)
_to_staff(
    "reply_runs_out",
    _("问题 {number} 答复时限将到"),
    _("问题 {number} 最迟 {reply_due} 答复。"),
    good_for=REPLY_REMINDER_LIVES,
    group=REMINDERS,
)
_to_staff(
    "late_2",
    _("问题 {number} 超时两个工作日"),
    _("问题 {number} 超时已满两个工作日，仍未答复，请督办。"),
    group=REMINDERS,
)
_to_staff(
    "late_5",
    _("问题 {number} 超时五个工作日，列入通报"),
    _("问题 {number} 超时已满五个工作日，仍未答复，列入督办通报。"),
    group=REMINDERS,
)
_to_staff(
    "objected",
    _("问题 {number} 不应剔除"),
    _("复核认为问题 {number} 不应剔除，按没有按时答复统计。理由见问题页，请联系提问人。"),
)
_to_staff(
    "missed",
    _("问题 {number} 已超时"),
    _("问题 {number} 已经超过承诺的时限，请立即办理。"),
    group=REMINDERS,
)
