"""Why an action may refuse although the permission was there: the object's own circumstances."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.permissions import Reason

SECOND_PERSON = Reason("second_person", _("需要由另一个人审签：您自己写的或提出的，不能由您自己签发。"))
NEEDS_REVIEW = Reason("needs_review", _("本单位的答复须经第二人审签，请先送审。"))
NOT_AN_OFFICE = Reason("not_an_office", _("这个单位不接受提问，请另选一个单位。"))
SAME_OFFICE = Reason("same_office", _("问题已经在这个单位，请另选一个单位。"))
RECALL_TOO_LATE = Reason("recall_too_late", _("分派已满 10 分钟，不能收回；可以转办。"))
OFFICE_ACTED = Reason("office_acted", _("承办单位已经处理，不能收回；可以转办。"))
RETURN_TOO_LATE = Reason(
    "return_too_late", _("收到后一个工作日内才能申请退回，时间已过；不归本单位的，请联系受理中心转办。")
)
PASSAGE_TITLE_TAKEN = Reason("passage_title_taken", _("本单位已有同名的常用语，请换一个名称。"))
TOO_MANY_PASSAGES = Reason("too_many_passages", _("一个单位最多 200 条常用语，请先删除不用的。"))
RATING_OVER = Reason("rating_over", _("评价时间已过。"))
FALLBACK_KEEPS = Reason("fallback_keeps", _("本单位是兜底承办单位，不能退回。"))
LEAD_NOT_OPEN = Reason("lead_not_open", _("只能并入另一个还没有答复、没有并案、也不在等提问人补充的问题，请检查编号。"))
HAS_MEMBERS = Reason("has_members", _("已有其他问题并入这个问题，不能这样做。"))
UNMERGE_TOO_LATE = Reason("unmerge_too_late", _("并案满 24 小时，不能撤销。"))
EXTENDED_ALREADY = Reason("extended_already", _("一个问题只能延期一次。"))
EXTENSION_TOO_LATE = Reason("extension_too_late", _("答复时限已到，不能再延期。"))
ANSWERED_ALREADY = Reason("answered_already", _("已有答复，不能再这样做。"))
NO_REQUEST = Reason("no_request", _("没有待决定的申请。"))
ASKED_ALREADY = Reason("asked_already", _("一个问题只能请提问人补充一次。"))
PAUSE_TOO_LATE = Reason("pause_too_late", _("答复时限的最后一个工作日起，不能再请提问人补充；可以申请延期。"))
LAPSED_ALREADY = Reason("lapsed_already", _("补充的时间已过。如仍需要答复，请重新提问。"))
OWN_OFFICE = Reason("own_office", _("请选另一个单位会办；本单位或已请过的单位不能再选。"))
NOT_ASKED = Reason("not_asked", _("没有请您的单位会办，或已经提交过会办意见。"))
NOT_POOR = Reason("not_poor", _("评价为“没有解决”或不超过 2 分时，才能申请再办。"))
REOPENING_OVER = Reason("reopening_over", _("答复后 15 个工作日内可以申请再办，时间已过。"))
REOPENED_ALREADY = Reason("reopened_already", _("一个问题只能再办一次。"))
NO_SUCH_QUESTION = Reason("no_such_question", _("没有找到这个编号的未办结问题。"))
NOT_A_COLLEAGUE = Reason("not_a_colleague", _("只能安排本单位及上下级单位的在任人员。"))
NO_DRAFT = Reason("no_draft", _("还没有答复稿，请先写好并保存。"))
EXPORT_REASON_MISSING = Reason("export_reason_missing", _("请选择为什么需要个人信息。"))
STILL_OPEN = Reason("still_open", _("问题还在办理。请先撤回问题，或等办结之后再删除。"))
ALREADY_ERASED = Reason("already_erased", _("这个问题的内容已经删除。"))
ERASURE_DECIDED = Reason("erasure_decided", _("没有待审签的删除申请，可能别人已经处理。"))
NO_CONTACT = Reason("no_contact", _("提问人没有留联系方式。"))
RECEIPT_AHEAD = Reason("receipt_ahead", _("收到时间不能晚于现在。"))
RECEIPT_TOO_OLD = Reason("receipt_too_old", _("收到时间在半年以前，请检查年份和月份。"))
ALREADY_MISSED = Reason(
    "already_missed", _("按这个收到时间，时限已经过了，会记为超时。请核对；没有错的话，请勾选确认。")
)
NO_CHECK_OPEN = Reason("no_check_open", _("收到时间不需核对，或者已经核对过。"))
OWN_ENTRY = Reason("own_entry", _("收到时间须由另一个人核对，不能由登记的人核对。"))
CORRECTED_TOO_LATE = Reason(
    "corrected_too_late", _("更正的时间不能晚于登记的时间；已经记为超时的时限，结论不再更改，更正的时间也不能晚于它。")
)
NOT_CLEARED = Reason("not_cleared", _("保密问题分派前，须写好给承办单位看的内容，并核对其中没有任何人的信息。"))
NAMES_SOMEBODY = Reason("names_somebody", _("给承办单位看的内容里还有能认出人的号码或账号，请去掉。"))
NO_CONSENT = Reason("no_consent", _("提问人没有同意公开。"))
TOO_MANY_FILTERS = Reason("too_many_filters", _("最多保存 12 个筛选，请先删除不用的。"))
FILTER_NAME_TAKEN = Reason("filter_name_taken", _("已有同名的筛选，请换一个名称。"))


def unfilled(names: list[str]) -> Reason:
    """Refuse a draft in which variables of a canned passage still stand."""
    return Reason("unfilled", _("答复稿里还有没填的变量：%(names)s。请改好再保存。") % {"names": " ".join(names)})
