"""Why an action on offices and appointments is refused now."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.kernel.permissions import Reason

SIGN_IN_FIRST = Reason("accounts.sign_in_first", _("请先登录。"))
INVITATION_OVER = Reason("accounts.invitation_over", _("这份邀请已过期、被撤回或已被接受。请联系邀请您的单位管理员。"))
ANOTHER_ADDRESS = Reason("accounts.another_address", _("邀请发往另一个邮箱。请用收到邀请的邮箱登录后再接受。"))
OWN_INVITATION = Reason("accounts.own_invitation", _("不能接受自己发出的邀请，请由另一位管理员邀请您。"))
ALREADY_INVITED = Reason("accounts.already_invited", _("已向该邮箱发出同一岗位的邀请，对方尚未答复。"))
ALREADY_HOLDS = Reason("accounts.already_holds", _("此人已经担任该岗位。"))
ROLE_NOT_HERE = Reason("accounts.role_not_here", _("该单位没有这个岗位。"))
OFFICE_INACTIVE = Reason("accounts.office_inactive", _("该单位已停用。"))
APPOINTMENT_OVER = Reason("accounts.appointment_over", _("该任命已经结束。"))
NOT_A_COLLEAGUE = Reason("accounts.not_a_colleague", _("只能选择在本单位、上级或下级单位任职的人员。"))
NOT_ONESELF = Reason("accounts.not_oneself", _("不能指定自己，请由另一位管理员办理。"))
HOLDER_HIMSELF = Reason("accounts.holder_himself", _("任职者不能代自己的班。"))
NO_STAND_IN = Reason("accounts.no_stand_in", _("目前没有人代班。"))
CODE_TAKEN = Reason("accounts.code_taken", _("已有使用该代码的单位。"))
WRONG_LEVEL = Reason("accounts.wrong_level", _("下级单位的层级不能高于上级单位。"))
COMMUNITY_SPEAKS = Reason("accounts.community_speaks", _("社区不设网上发言人，不能接受提问。"))
STILL_IN_USE = Reason("accounts.still_in_use", _("该单位还有未办结的问题、在任人员或在用的下级单位，不能停用。"))

HOLDS_OFFICE = Reason("accounts.holds_office", _("您还在岗。请先由单位管理员结束您的岗位，再删除账户。"))


def matters_open(count: int) -> Reason:
    """Refuse to delete an account of which matters are open."""
    sentence = ngettext_lazy(
        "有 %(count)d 个问题还在办理，请先撤回或等收到答复。",
        "有 %(count)d 个问题还在办理，请先撤回或等收到答复。",
        "count",
    )
    return Reason("accounts.matters_open", sentence % {"count": count})


def last_holder(open_cases: int) -> Reason:
    """Refuse to leave `open_cases` cases without anybody who can act on them."""
    sentence = ngettext_lazy(
        "这是该岗位最后一位在岗人员，单位还有 %(count)d 件未办结的问题。请先指定接任者。",
        "这是该岗位最后一位在岗人员，单位还有 %(count)d 件未办结的问题。请先指定接任者。",
        "count",
    )
    return Reason("accounts.last_holder", sentence % {"count": open_cases})
