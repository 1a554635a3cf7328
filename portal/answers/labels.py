"""How the desk's words read on screen: states, clocks, events, marks. One place for all of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.answers.states import EXCLUDED as ENDED
from portal.answers.states import CallState, EmergencyState, Publication, State


@dataclass(frozen=True)
class Label:
    """What people read, with the tone (colour and icon) of its status tag.

    tone: one of neutral, info, waiting, success, warning, alert.
    """

    text: Any
    tone: str = "neutral"

    def __str__(self) -> str:
        return str(self.text)


EMERGENCY_STATE: dict[str, Label] = {
    EmergencyState.OPENED: Label(_("待指定牵头单位"), "alert"),
    EmergencyState.LED: Label(_("待首次通报"), "alert"),
    EmergencyState.INFORMED: Label(_("通报中"), "warning"),
    EmergencyState.CLOSED: Label(_("已结束"), "neutral"),
}

CALL_STATE: dict[str, Label] = {
    CallState.OPEN: Label(_("待回访"), "waiting"),
    CallState.REACHED: Label(_("已回访"), "success"),
    CallState.REFUSED: Label(_("不愿回答"), "neutral"),
    CallState.NOT_REACHED: Label(_("未接通"), "neutral"),
    CallState.NOT_CALLED: Label(_("未打完"), "alert"),
    CallState.DROPPED: Label(_("不用再打"), "neutral"),
}

# What the public reads.
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
    State.WAITING_ASKER: Label(_("等待提问人补充，计时暂停"), "warning"),
    State.MERGED: Label(_("与相同问题合并办理"), "info"),
    State.REOPEN_REVIEW: Label(_("已答复，申请再办"), "waiting"),
    State.REOPENED: Label(_("再办中"), "info"),
    State.ANSWERED: Label(_("已答复"), "success"),
    State.RATED: Label(_("已答复，已评价"), "success"),
    State.CLOSED: Label(_("已办结"), "success"),
    State.WITHDRAWN: Label(_("已撤回"), "neutral"),
    State.LAPSED: Label(_("未补充，已结束"), "neutral"),
    State.HANDED_OVER: Label(_("已移交紧急服务"), "neutral"),
}

# What is said to the asker in person, where the public reads it of somebody.
ASKER_STATE = PUBLIC_STATE | {State.WAITING_ASKER: Label(_("请您补充，计时暂停"), "warning")}

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
    State.WAITING_ASKER: Label(_("待提问人补充"), "waiting"),
    State.MERGED: Label(_("已并案"), "info"),
    State.REOPEN_REVIEW: Label(_("再办待决定"), "warning"),
}

PUBLICATION_STATE: dict[str, Label] = {
    Publication.PRIVATE: Label(_("不公开")),
    Publication.PROPOSED: Label(_("待公开审核"), "waiting"),
    Publication.PUBLISHED: Label(_("已公开"), "success"),
    Publication.DECLINED: Label(_("决定不公开")),
    Publication.WITHDRAWN: Label(_("已撤下")),
}


def publication_label(question: Any, *, for_asker: bool) -> Label:
    """Return how far a question is from being public: before anything was decided, by what the asker has agreed to."""
    state = question.publication
    if for_asker and state == Publication.PROPOSED and question.consents:
        state = Publication.PRIVATE  # that an editor looks at it first is nothing the asker has to do with
    if state != Publication.PRIVATE:
        return PUBLICATION_STATE[state]
    if not question.consents:
        return Label(_("不公开（您没有同意公开）") if for_asker else _("不公开（提问人没有同意公开）"))
    return (
        Label(_("不公开（没有答复就结束了）")) if question.state in ENDED else Label(_("同意公开，尚未公开"), "waiting")
    )


STEP = {
    "screen": _("开始审核"),
    "dispatch": _("分派"),
    "recall": _("收回分派"),
    "propose_refusal": _("提出不予受理"),
    "confirm_receipt": _("收到时间无误"),
    "correct_receipt": _("更正收到时间"),
    "approve_refusal": _("同意不予受理并告知"),
    "reject_refusal": _("不同意，继续审核"),
    "hand_over": _("移交 110 / 119 / 120"),
    "merge": _("并案"),
    "unmerge": _("撤销并案"),
    "follow": _("随主案办理"),
    "receive_answer": _("随主案答复"),
    "fall_back": _("转兜底承办单位"),
    "request_extension": _("申请延期"),
    "approve_extension": _("同意延期"),
    "refuse_extension": _("不同意延期"),
    "ask_helper": _("请其他单位会办"),
    "contribute": _("提交会办意见"),
    "ask_asker": _("请提问人补充"),
    "supply": _("提交补充"),
    "lapse": _("逾期未补充，结束"),
    "request_reopening": _("申请再办"),
    "reopen_by_call": _("替提问人申请再办"),
    "approve_reopening": _("同意再办"),
    "refuse_reopening": _("不同意再办"),
    "name_lead": _("指定牵头单位"),
    "publish_statement": _("发布通报"),
    "attach": _("加入问题"),
    "close_emergency": _("结束应急"),
    "amend_publication": _("更正公开内容"),
    "withdraw_publication": _("撤下公开内容"),
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
    "rate_told": _("记下提问人口述的评价"),
    "tell_answer": _("登记已告知答复"),
    "close": _("办结"),
    "withdraw": _("撤回问题"),
    "publish": pgettext_lazy("step", "公开"),
    "decline_publication": _("不公开"),
}

# Behind an event's name where staff entered the question for somebody.
BY_STAFF = ":by_staff"

# What waits for somebody, by kind (`queries.whose_turn`).
TURN = {
    "screen": _("待我审核分派"),
    "returns": _("待我决定退回"),
    "accept": _("待我受理"),
    "draft": _("待我办理"),
    "help": _("待我会办"),
    "sign": _("待我审签"),
    "refusals": _("待我审签不予受理"),
    "receipts": _("待我核对收到时间"),
    "erasures": _("待我审签删除"),
    "extensions": _("待我决定延期"),
    "reopenings": _("待我决定再办"),
    "publish": _("待我公开审核"),
}

# What a leader or auditor sees late below.
OVERSEEN = {
    "missed": Label(_("超时"), "alert"),
    "near": Label(_("将到期"), "warning"),
    "bulletin": Label(_("督办通报"), "alert"),
}

# The asker's timeline, in words; {office} is the office that the event names.
ASKER_EVENT = {
    "answers.question_submitted": _("您提交了问题，两个时限开始计算。"),
    f"answers.question_submitted{BY_STAFF}": _("工作人员按您说的作了登记（{channel}），两个时限从您说的那一刻起计算。"),
    "answers.question_forwarded": _("已转{office}审核。"),
    "answers.receipt_confirmed": _("收到时间由另一位工作人员核对无误。"),
    "answers.receipt_corrected": _("收到时间经核对更正为 {received_at}，还没有结论的时限从那时起重新计算。"),
    "answers.screening_started": _("受理中心开始审核。"),
    "answers.question_dispatched": _("已分派给{office}。"),
    "answers.question_recalled": _("受理中心收回分派，重新审核。您的两个时限不变。"),
    "answers.question_not_admitted": _("不予受理，理由和可以找的部门见下方。"),
    "answers.question_accepted": _("{office}的网上发言人已受理。"),
    "answers.return_requested": _("承办单位提出应由其他单位办理，受理中心正在决定。时限不停。"),
    "answers.return_refused": _("受理中心决定仍由{office}办理。"),
    "answers.question_transferred": _("已转给{office}办理。您的两个时限不变。"),
    "answers.answer_released": _("{office}已答复。"),
    "answers.question_rated": _("您作出了评价。"),
    "answers.asker_called_back": _("受理中心电话回访，记下了您的评价。"),
    f"answers.question_rated{BY_STAFF}": _("受理中心按您说的记下了评价。"),
    "answers.answer_told": _("工作人员{way}告知了答复。"),
    "answers.question_withdrawn": _("您撤回了问题。"),
    "answers.question_closed": _("问题办结。"),
    "answers.answer_published": _("问题和答复已公开。"),
    "answers.publication_declined": _("编辑决定不公开这个问答。"),
    "answers.question_handed_over": _("事关安全，已移交 {service}。情况紧急请立即拨打 {service}。"),
    "answers.question_merged": _("与内容相同的问题合并办理，您的两个时限不变。"),
    "answers.question_followed": _("随合并的问题转给{office}办理。您的两个时限不变。"),
    "answers.question_unmerged": _("不再合并办理，受理中心重新审核。您的两个时限不变。"),
    "answers.extension_requested": _("承办单位向上级申请延期 {working_days} 个工作日。"),
    "answers.extension_granted": _("上级同意延期 {working_days} 个工作日；原定日期仍记录在案。"),
    "answers.extension_refused": _("上级不同意延期，时限不变。"),
    "answers.helper_asked": _("请{office}会办。"),
    "answers.helper_contributed": _("{office}提交了会办意见。"),
    "answers.clock_paused": _("承办单位请您补充情况，答复计时暂停。"),
    "answers.clock_resumed": _("您作了补充，答复继续计时。"),
    "answers.question_lapsed": _("没有等到补充，问题结束。如仍需要答复，请重新提问。"),
    "answers.reopening_requested": _("您申请再办，上级单位正在决定。"),
    "answers.question_reopened": _("上级同意再办，5 个工作日内再次答复。"),
    "answers.reopening_refused": _("上级认为原答复不变，理由见下方。"),
    "answers.reopening_answered": _("{office}再次答复。"),
    "answers.answer_amended": _("公开的内容作了更正。"),
    "answers.publication_withdrawn": _("公开的内容已撤下。"),
    "answers.due_recomputed": _("工作日安排有变，日期改为 {due}。"),
    "answers.tracking_code_replaced": _("换了新的查询码，旧的失效。"),
    "answers.data_exported": _("您下载了自己的数据。"),
    "answers.question_erased": _("提问内容和联系方式已删除，时限和处理经过保留。"),
}

# What staff see besides.
STAFF_EVENT = ASKER_EVENT | {
    "answers.question_submitted": _("问题提交，两个时限开始计算。"),
    f"answers.question_submitted{BY_STAFF}": _("工作人员代为登记（{channel}），两个时限从收到的那一刻起计算。"),
    "answers.receipt_check_needed": _("登记晚于收到较多，收到时间待另一人核对。"),
    "answers.question_recalled": _("收回分派，回到受理中心。"),
    "answers.refusal_proposed": _("提出不予受理，待审签。"),
    "answers.refusal_rejected": _("不同意不予受理。"),
    "answers.draft_saved": _("保存了答复稿第 {version} 版。"),
    "answers.review_requested": _("第 {version} 版送审。"),
    "answers.draft_returned": _("第 {version} 版退回修改。"),
    "answers.reminder_due": _("发出时限提醒。"),
    "answers.data_exported": _("提问人下载了自己的数据。"),
    "answers.erasure_proposed": _("提出删除提问内容，待审签。"),
    "answers.erasure_rejected": _("不同意删除提问内容。"),
    "answers.contact_revealed": _("工作人员查看了提问人的联系方式。"),
    "answers.notice_resent": _("重新发送了给提问人的通知。"),
    "answers.question_rated": _("提问人作出了评价。"),
    "answers.asker_called_back": _("受理中心电话回访，提问人作出了评价。"),
    "answers.call_back_failed": _("受理中心抽中电话回访，没有得到评价。"),
    f"answers.question_rated{BY_STAFF}": _("受理中心记下了提问人口述的评价。"),
    "answers.exclusion_upheld": _("复核：可以不计入统计。"),
    "answers.exclusion_objected": _("复核：不应剔除，按没有按时答复统计。"),
    "answers.question_withdrawn": _("提问人撤回了问题。"),
    "answers.question_handed_over": _("移交 {service}。"),
    "answers.question_merged": _("并入另一个问题办理。"),
    "answers.question_followed": _("随主案转给{office}。"),
    "answers.question_unmerged": _("撤销并案，回到受理中心。"),
    "answers.clock_paused": _("请提问人补充，答复计时暂停。"),
    "answers.clock_resumed": _("提问人作了补充，答复继续计时。"),
    "answers.question_lapsed": _("提问人没有补充，问题结束。"),
    "answers.reopening_requested": _("提问人申请再办，待上级决定。"),
}

# Verdicts in the timeline, by clock and outcome.
VERDICT = {
    ("accept", "in_time"): Label(_("24 小时内受理"), "success"),
    ("accept", "late"): Label(_("超过 24 小时未受理"), "alert"),
    ("accept", "not_admitted"): Label(_("24 小时内告知不予受理"), "neutral"),
    ("reply", "in_time"): Label(_("7 个工作日内答复"), "success"),
    ("reply", "late"): Label(_("超过 7 个工作日未答复"), "alert"),
    ("reply", "void"): Label(_("答复时限不再计算"), "neutral"),
    ("plain", "in_time"): Label(_("按原定 7 个工作日计：按时"), "success"),
    ("plain", "late"): Label(_("按原定 7 个工作日计：超过"), "warning"),
    ("plain", "void"): Label(_("原定时限不再计算"), "neutral"),
    ("reopen", "in_time"): Label(_("再办 5 个工作日内答复"), "success"),
    ("reopen", "late"): Label(_("再办超过 5 个工作日未答复"), "alert"),
    ("reopen", "void"): Label(_("再办时限不再计算"), "neutral"),
}

# The reply clock of a question that was extended or waited for its asker: no longer seven days.
MOVED_VERDICT = {
    "in_time": Label(_("在延后的时限内答复"), "success"),
    "late": Label(_("超过延后的时限未答复"), "alert"),
}


def verdict_label(clock: str, outcome: str, *, moved: bool) -> Label:
    """Return how a verdict on one of the asker's clocks reads. moved: the reply's date is not the first one."""
    if clock == "reply" and moved and outcome in MOVED_VERDICT:
        return MOVED_VERDICT[outcome]
    return VERDICT[clock, outcome]


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

WITHDRAWAL_REASONS = {
    "personal": _("涉及个人信息"),
    "wrong": _("内容有误，另行答复"),
    "law": _("依法撤下"),
    "outdated": _("政策已经失效，内容会误导"),
}

# Questions that count for no promise, by how they ended.
EXCLUSION = {
    "not_admitted": _("不予受理"),
    "handed_over": _("移交紧急服务"),
    "withdrawn": _("提问人撤回"),
    "lapsed": _("提问人未补充"),
}

# Answers without a rating from which nobody is drawn to be called back.
LEFT_OUT = {
    "no_telephone": _("没有留电话"),
    "confidential": _("保密的问题"),
    "erased": _("提问人要求删除"),
}

# How staff tell somebody the answer. The words stand in a sentence.
WAYS_OF_TELLING = {
    "telephone": pgettext_lazy("told", "打电话"),
    "counter": pgettext_lazy("told", "在窗口当面"),
    "visit": pgettext_lazy("told", "上门"),
    "letter": pgettext_lazy("told", "寄信"),
}

# Why staff look at an asker's contact.
REVEAL_REASONS = {
    "clarify": _("向提问人核实情况"),
    "visit": _("约定上门或现场查看"),
    "deliver": _("送达材料或通知"),
    "identity": _("核对是不是提问人本人"),
    "other": _("其他"),
}

# Why staff take personal data along with the queue.
EXPORT_REASONS = {
    "contact": _("集中联系提问人"),
    "visit": _("集中走访或现场查看"),
    "handover": _("工作交接"),
}

DECLINE_REASONS = {
    "personal": _("涉及个人隐私，无法遮盖"),
    "about_person": _("投诉或反映具体个人"),
    "repeated": _("已有内容相同的公开问答"),
    "other_law": _("依法不予公开"),
}
