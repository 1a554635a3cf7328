"""How the desk's words read on screen: states, clocks, events, marks. One place for all of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.answers.states import Publication, State


@dataclass(frozen=True)
class Label:
    """What people read, with the tone (colour and icon) of its status tag.

    tone: one of neutral, info, waiting, success, warning, alert.
    """

    text: Any
    tone: str = "neutral"

    def __str__(self) -> str:
        return str(self.text)


# What the asker and the public read.
PUBLIC_STATE: dict[str, Label] = {
    State.SUBMITTED: Label(_("已提交"), "info"),
    State.SCREENING: Label(_("审核中"), "info"),
    State.REFUSAL_REVIEW: Label(_("审核中"), "info"),
    State.NOT_ADMITTED: Label(_("不予受理"), "neutral"),
    State.AWAITING_ACCEPTANCE: Label(_("待受理"), "waiting"),
    State.TRANSFERRED: Label(_("已转办，待受理"), "waiting"),
    State.RETURN_REQUESTED: Label(_("正在确认承办单位"), "waiting"),
    State.ACCEPTED: Label(_("已受理"), "info"),
    State.DRAFTING: Label(_("办理中"), "info"),
    State.REVIEW: Label(_("办理中"), "info"),
    State.ANSWERED: Label(_("已答复"), "success"),
    State.RATED: Label(_("已答复，已评价"), "success"),
    State.CLOSED: Label(_("已办结"), "success"),
    State.WITHDRAWN: Label(_("已撤回"), "neutral"),
}

# Answered to the asker, and on its way through the privacy gate.
AWAITS_PUBLICATION = Label(_("已答复，待公开"), "success")

# What staff read: every state by its own name.
STAFF_STATE = PUBLIC_STATE | {
    State.SUBMITTED: Label(_("待审核"), "waiting"),
    State.SCREENING: Label(_("审核中"), "waiting"),
    State.REFUSAL_REVIEW: Label(_("不予受理待审签"), "waiting"),
    State.RETURN_REQUESTED: Label(_("申请退回"), "warning"),
    State.DRAFTING: Label(_("拟稿中"), "info"),
    State.REVIEW: Label(_("待审签"), "waiting"),
}

PUBLICATION_STATE: dict[str, Label] = {
    Publication.PRIVATE: Label(_("不公开")),
    Publication.PROPOSED: Label(_("待公开审核"), "waiting"),
    Publication.PUBLISHED: Label(_("已公开"), "success"),
    Publication.DECLINED: Label(_("决定不公开")),
}

STEP = {
    "screen": _("开始审核"),
    "dispatch": _("分派"),
    "propose_refusal": _("提出不予受理"),
    "approve_refusal": _("同意不予受理并告知"),
    "reject_refusal": _("不同意，继续审核"),
    "accept": pgettext_lazy("step", "受理"),
    "request_return": _("申请退回"),
    "transfer": _("转办"),
    "refuse_return": pgettext_lazy("step", "不同意退回"),
    "refuse_return_after_acceptance": pgettext_lazy("step", "不同意退回"),
    "save_draft": _("保存答复稿"),
    "submit_for_review": _("送审"),
    "return_draft": _("退回修改"),
    "release": _("签发答复"),
    "rate": pgettext_lazy("step", "评价"),
    "close": _("办结"),
    "withdraw": _("撤回问题"),
    "publish": pgettext_lazy("step", "公开"),
    "decline_publication": _("不公开"),
}

# The asker's timeline, in words; {office} is the office that the event names.
ASKER_EVENT = {
    "answers.question_submitted": _("您提交了问题，两个时限开始计算。"),
    "answers.screening_started": _("受理中心开始审核。"),
    "answers.question_dispatched": _("已分派给{office}。"),
    "answers.question_not_admitted": _("不予受理，理由和可以找的部门见下方。"),
    "answers.question_accepted": _("{office}的网上发言人已受理。"),
    "answers.return_requested": _("承办单位提出应由其他单位办理，受理中心正在决定。时限不停。"),
    "answers.return_refused": _("受理中心决定仍由{office}办理。"),
    "answers.question_transferred": _("已转给{office}办理。您的两个时限不变。"),
    "answers.answer_released": _("{office}已答复。"),
    "answers.question_rated": _("您作出了评价。"),
    "answers.question_withdrawn": _("您撤回了问题。"),
    "answers.question_closed": _("问题办结。"),
    "answers.answer_published": _("问题和答复已公开。"),
    "answers.publication_declined": _("编辑决定不公开这个问答。"),
    "answers.tracking_code_replaced": _("换了新的查询码，旧的失效。"),
}

# What staff see besides.
STAFF_EVENT = ASKER_EVENT | {
    "answers.question_submitted": _("问题提交，两个时限开始计算。"),
    "answers.refusal_proposed": _("提出不予受理，待审签。"),
    "answers.refusal_rejected": _("不同意不予受理。"),
    "answers.draft_saved": _("保存了答复稿第 {version} 版。"),
    "answers.review_requested": _("第 {version} 版送审。"),
    "answers.draft_returned": _("第 {version} 版退回修改。"),
    "answers.reminder_due": _("发出时限提醒。"),
    "answers.contact_revealed": _("工作人员查看了提问人的联系方式。"),
    "answers.question_rated": _("提问人作出了评价。"),
    "answers.question_withdrawn": _("提问人撤回了问题。"),
}

# Verdicts in the timeline, by clock and outcome.
VERDICT = {
    ("accept", "in_time"): Label(_("24 小时内受理"), "success"),
    ("accept", "late"): Label(_("超过 24 小时未受理"), "alert"),
    ("accept", "not_admitted"): Label(_("24 小时内告知不予受理"), "neutral"),
    ("reply", "in_time"): Label(_("7 个工作日内答复"), "success"),
    ("reply", "late"): Label(_("超过 7 个工作日未答复"), "alert"),
    ("reply", "void"): Label(_("答复时限不再计算"), "neutral"),
}

# An office's own 24 hours, counted from when the question came to it.
LEG_VERDICT = {
    "in_time": Label(_("承办单位接到后 24 小时内受理"), "success"),
    "late": Label(_("承办单位接到后超过 24 小时未受理"), "alert"),
}

MARK = {
    "identity_number": _("身份证号"),
    "bank_card": _("银行卡号"),
    "mobile": _("手机号"),
    "telephone": _("固定电话"),
    "email": _("电子邮箱"),
    "account": _("微信或 QQ 号"),
    "plate": _("车牌号"),
    "address": _("门牌地址"),
    "name": _("姓名或称呼"),
}

# Why staff look at an asker's contact.
REVEAL_REASONS = {
    "clarify": _("向提问人核实情况"),
    "visit": _("约定上门或现场查看"),
    "deliver": _("送达材料或通知"),
    "identity": _("核对是不是提问人本人"),
    "other": _("其他"),
}

DECLINE_REASONS = {
    "personal": _("涉及个人隐私，无法遮盖"),
    "about_person": _("投诉或反映具体个人"),
    "repeated": _("已有内容相同的公开问答"),
    "other_law": _("依法不予公开"),
}
