"""Why an action may refuse although the permission was there: the object's own circumstances."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.permissions import Reason

SECOND_PERSON = Reason("second_person", _("需要由另一个人审签：您自己写的或提出的，不能由您自己签发。"))
NEEDS_REVIEW = Reason("needs_review", _("本单位的答复须经第二人审签，请先送审。"))
NOT_AN_OFFICE = Reason("not_an_office", _("这个单位不接受提问，请另选一个单位。"))
SAME_OFFICE = Reason("same_office", _("问题已经在这个单位，请另选一个单位。"))
RETURN_TOO_LATE = Reason("return_too_late", _("收到后一个工作日内才能申请退回；现在请受理，或请受理中心转办。"))
RATING_OVER = Reason("rating_over", _("评价时间已过。"))
NO_DRAFT = Reason("no_draft", _("还没有答复稿，请先写好并保存。"))
NO_CONTACT = Reason("no_contact", _("提问人没有留联系方式。"))
NO_CONSENT = Reason("no_consent", _("提问人没有同意公开。"))
