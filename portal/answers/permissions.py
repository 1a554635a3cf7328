"""Who may do what at the desk, and why not. The list twin `visible_to` is in `queries/visibility.py`.

Objects are questions loaded with `office` and `centre`. Predicates read, they never query.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office, Role
from portal.kernel.actors import Actor
from portal.kernel.permissions import register, rule


class P(StrEnum):
    """The desk's permissions; those named like a step of the table decide that step."""

    SEE_DESK = "answers.see_desk"
    VIEW = "answers.view"
    READ_CONFIDED = "answers.read_confided"
    VIEW_CONTACT = "answers.view_contact"
    VIEW_FILES = "answers.view_files"
    NOTE = "answers.note"
    ENTER = "answers.enter"  # no object: it does not exist yet
    ENTER_AT = "answers.enter_at"  # the object is the office where it was told
    SEE_ENTRY = "answers.see_entry"  # the object is the draft of the form
    CONFIRM_RECEIPT = "answers.confirm_receipt"
    CORRECT_RECEIPT = "answers.correct_receipt"
    SCREEN = "answers.screen"
    DISPATCH = "answers.dispatch"
    SEE_OVERSIGHT = "answers.see_oversight"  # no object: what is overseen is what the actor sees
    EXPORT_QUEUE = "answers.export_queue"  # no object: the queue is what the actor sees
    EXPORT_PERSONAL = "answers.export_personal"  # no object: each row is asked about by P.VIEW_CONTACT
    DISPATCH_MANY = "answers.dispatch_many"  # no object: each question is asked about by itself
    RECALL = "answers.recall"
    PROPOSE_REFUSAL = "answers.propose_refusal"
    APPROVE_REFUSAL = "answers.approve_refusal"
    REJECT_REFUSAL = "answers.reject_refusal"
    ACCEPT = "answers.accept"
    REQUEST_RETURN = "answers.request_return"
    TRANSFER = "answers.transfer"
    REFUSE_RETURN = "answers.refuse_return"
    SAVE_DRAFT = "answers.save_draft"
    SUBMIT_FOR_REVIEW = "answers.submit_for_review"
    RETURN_DRAFT = "answers.return_draft"
    RELEASE = "answers.release"
    RATE = "answers.rate"
    TELL_ANSWER = "answers.tell_answer"
    RATE_TOLD = "answers.rate_told"
    WITHDRAW = "answers.withdraw"
    CLOSE = "answers.close"
    RESEND_NOTICE = "answers.resend_notice"
    SET_NOTICES = "answers.set_notices"
    EXPORT_OWN = "answers.export_own"
    ERASE = "answers.erase"
    PROPOSE_ERASURE = "answers.propose_erasure"
    DECIDE_ERASURE = "answers.decide_erasure"
    PUBLISH = "answers.publish"
    DECLINE_PUBLICATION = "answers.decline_publication"
    AMEND_PUBLICATION = "answers.amend_publication"
    WITHDRAW_PUBLICATION = "answers.withdraw_publication"
    HAND_OVER = "answers.hand_over"
    MERGE = "answers.merge"
    UNMERGE = "answers.unmerge"
    FOLLOW = "answers.follow"
    RECEIVE_ANSWER = "answers.receive_answer"
    FALL_BACK = "answers.fall_back"
    REQUEST_EXTENSION = "answers.request_extension"
    APPROVE_EXTENSION = "answers.approve_extension"
    REFUSE_EXTENSION = "answers.refuse_extension"
    ASK_HELPER = "answers.ask_helper"
    CONTRIBUTE = "answers.contribute"
    ASK_ASKER = "answers.ask_asker"
    SUPPLY = "answers.supply"
    LAPSE = "answers.lapse"
    REQUEST_REOPENING = "answers.request_reopening"
    APPROVE_REOPENING = "answers.approve_reopening"
    REFUSE_REOPENING = "answers.refuse_reopening"
    CALL_SOMEBODY = "answers.call_somebody"  # no object: each call is asked about by itself
    CALL_BACK = "answers.call_back"
    REOPEN_BY_CALL = "answers.reopen_by_call"
    EXPORT_ASSESSMENT = "answers.export_assessment"  # no object: the offices are those that the actor oversees
    REVIEW_SOMETHING = "answers.review_something"  # no object: each question is asked about by itself
    REVIEW_EXCLUSION = "answers.review_exclusion"
    SET_ROTA = "answers.set_rota"  # the object is an office
    WRITE_PASSAGES = "answers.write_passages"  # the object is an office
    OPEN_EMERGENCY = "answers.open_emergency"  # no object: it does not exist yet
    VIEW_EMERGENCY = "answers.view_emergency"
    NAME_LEAD = "answers.name_lead"
    PUBLISH_STATEMENT = "answers.publish_statement"
    ATTACH = "answers.attach"
    CLOSE_EMERGENCY = "answers.close_emergency"


OFFICE_ROLES = (Role.SPOKESPERSON, Role.OFFICER)
# Who hears what people say on the telephone, at the counter or at the door.
LISTENERS = (Role.DISPATCHER, *OFFICE_ROLES)
# An office administrator looks after people, not questions.
DESK_ROLES = tuple(role for role in Role if role not in {Role.OFFICE_ADMIN, Role.REVIEWER})
OVERSIGHT_ROLES = (Role.LEADER, Role.AUDITOR)


@rule("not_asker", _("只有提问人本人可以这样做。请用提问时的账户登录，或输入查询码。"))
def is_asker(actor: Actor, question: Any) -> bool:
    """The account it was asked with, or a session that has shown the tracking code."""
    by_account = actor.is_person and str(question.asker_id) == actor.id
    return by_account or str(question.pk) in actor.tracked


@rule("not_centre", _("只有受理中心的受理员可以这样做。"))
def dispatches_it(actor: Actor, question: Any) -> bool:
    """A dispatcher of the question's centre or of one above it."""
    return actor.holds_above(Role.DISPATCHER, question.centre.path)


@rule("confidential", _("这是保密问题，只有受理中心的受理员和分管领导可以这样做。"))
def is_ordinary(actor: Actor, question: Any) -> bool:
    """Nothing of it was said in confidence."""
    return not question.confidential


@rule("confidential", _("这是保密问题，只有受理中心的受理员和分管领导可以这样做。"))
def is_confided_to(actor: Actor, question: Any) -> bool:
    """The small circle of a confidential question: a dispatcher of this very centre, or a leader of the centre."""
    keeps = actor.holds(Role.DISPATCHER, str(question.centre_id)) or actor.holds_above(
        Role.LEADER, question.centre.path
    )
    return bool(question.confidential) and keeps


@rule("confidential_alone", _("保密问题不能并案。"))
def stands_with_others(actor: Actor, question: Any) -> bool:
    """One answer to several askers would tell each of the others."""
    return not question.confidential


@rule("not_dispatcher", _("只有受理中心的受理员可以这样做。"))
def dispatches_something(actor: Actor, obj: object) -> bool:
    """A dispatcher of any centre."""
    return actor.holds_anywhere(Role.DISPATCHER)


@rule("not_spokesperson", _("只有承办单位的网上发言人可以这样做。"))
def speaks_for_office(actor: Actor, question: Any) -> bool:
    """A spokesperson of the very office that holds it: never one above, never an automatic reply."""
    return actor.holds(Role.SPOKESPERSON, str(question.office_id))


@rule("not_office", _("只有承办单位的网上发言人或经办人可以这样做。"))
def works_at_office(actor: Actor, question: Any) -> bool:
    """A spokesperson or officer of the office that holds it."""
    return any(actor.holds(role, str(question.office_id)) for role in OFFICE_ROLES)


@rule("not_leader", _("只有承办单位或其上级的分管领导可以这样做。"))
def leads_office(actor: Actor, question: Any) -> bool:
    """A leader of the office or of one above it."""
    return actor.holds_above(Role.LEADER, question.office.path)


@rule("not_superior", _("须由承办单位的上级，或受理中心的分管领导决定。"))
def leads_above(actor: Actor, question: Any) -> bool:
    """A leader above the office, never its own; or one of the centre, for there may be nobody above."""
    return actor.holds_above(Role.LEADER, question.centre.path) or any(
        grant.role == Role.LEADER
        and question.office.path.startswith(grant.office_path)
        and grant.office_path != question.office.path
        for grant in actor.grants
    )


@rule("own_answer", _("回访不能由答复这个问题的单位的人，或者分管它的领导来做。"))
def is_independent(actor: Actor, question: Any) -> bool:
    """Holds no role at the office that answered and leads nobody there: nobody asks about their own work."""
    at_office = any(grant.office_id == str(question.office_id) for grant in actor.grants)
    return not at_office and not actor.holds_above(Role.LEADER, question.office.path)


@rule("not_centre_head", _("只有受理中心的受理员或分管领导可以这样做。"))
def leads_some_centre(actor: Actor, obj: object) -> bool:
    """A dispatcher or leader anywhere."""
    return actor.holds_anywhere(Role.DISPATCHER, Role.LEADER)


@rule("not_administrator", _("只有系统管理员可以这样做。"))
def runs_it(actor: Actor, obj: object) -> bool:
    """The administrator of the installation."""
    return actor.is_administrator


@rule("not_outside", _("须由这个单位以外、在它上级的监督员或分管领导复核。"))
def oversees_from_outside(actor: Actor, question: Any) -> bool:
    """A leader or auditor above the office, who holds no role at the office itself."""
    if any(grant.office_id == str(question.office_id) for grant in actor.grants):
        return False
    return any(actor.holds_above(role, question.office.path) for role in OVERSIGHT_ROLES)


@rule("not_rota", _("只有本单位的网上发言人、受理员或分管领导可以排班。"))
def sets_rota(actor: Actor, office: Any) -> bool:
    """A spokesperson or dispatcher of the office, or a leader at it or above."""
    own = any(actor.holds(role, str(office.pk)) for role in (Role.SPOKESPERSON, Role.DISPATCHER))
    return own or actor.holds_above(Role.LEADER, office.path)


@rule("not_a_listener", _("只有受理员、网上发言人和经办人可以代为登记。"))
def takes_questions_down(actor: Actor, obj: object) -> bool:
    """A dispatcher, or somebody who works on questions at an office: they hear people's questions."""
    return actor.holds_anywhere(*LISTENERS)


@rule("not_your_counter", _("只能登记在您任职的单位收到的问题。"))
def listens_at(actor: Actor, office: Any) -> bool:
    """One of those, at this very office."""
    return any(actor.holds(role, str(office.pk)) for role in LISTENERS)


@rule("not_your_entry", _("只有登记的人可以查看回执。"))
def entered_it(actor: Actor, draft: Any) -> bool:
    """Whoever sent the form: the tracking code on the receipt opens the question."""
    return actor.is_person and str(draft.owner_id) == actor.id


@rule("not_passages", _("只有本单位的网上发言人或分管领导可以维护常用语。"))
def writes_passages(actor: Actor, office: Any) -> bool:
    """Speaks for the office or leads it: an authority that takes no questions has passages for those below."""
    return any(actor.holds(role, str(office.pk)) for role in (Role.SPOKESPERSON, Role.LEADER))


@rule("not_nearby", _("这起突发事件由其他地方处理。"))
def is_nearby(actor: Actor, emergency: Any) -> bool:
    """Holds a role of the desk in the centre's own area, or above it."""
    area = emergency.centre.path[: -Office.steplen] or emergency.centre.path
    return any(path.startswith(area) or area.startswith(path) for path in actor.paths(*DESK_ROLES))


@rule("not_lead", _("只有牵头单位的网上发言人，或受理中心可以发布。"))
def speaks_for_lead(actor: Actor, emergency: Any) -> bool:
    """A spokesperson of the office that leads."""
    return emergency.lead_id is not None and actor.holds(Role.SPOKESPERSON, str(emergency.lead_id))


@rule("not_helper", _("只有被请来会办的单位可以这样做。"))
def helps_with_it(actor: Actor, question: Any) -> bool:
    """Works at an office that was asked to contribute."""
    return any(actor.holds(role, office_id) for office_id in question.helpers for role in OFFICE_ROLES)


@rule("not_centre_leader", _("只有受理中心的分管领导或另一位受理员可以审签。"))
def leads_centre(actor: Actor, question: Any) -> bool:
    """A leader or dispatcher of the centre; that it is another person is checked by the action."""
    return actor.holds_above(Role.LEADER, question.centre.path) or actor.holds_above(
        Role.DISPATCHER, question.centre.path
    )


@rule("not_overseer", _("您的角色不能查看这个问题。"))
def oversees_office(actor: Actor, question: Any) -> bool:
    """A leader or auditor above the office that holds it."""
    return any(actor.holds_above(role, question.office.path) for role in OVERSIGHT_ROLES)


@rule("oversees_nothing", _("只有监督员和分管领导可以这样做。"))
def oversees_something(actor: Actor, obj: object) -> bool:
    """A leader or auditor anywhere."""
    return actor.holds_anywhere(*OVERSIGHT_ROLES)


@rule("not_editor", _("只有编辑可以决定公开。"))
def edits_for_office(actor: Actor, question: Any) -> bool:
    """An editor at the office or above it."""
    return actor.holds_above(Role.EDITOR, question.office.path)


@rule("not_editors_turn", _("答复发出并征得同意之后，编辑才能查看。"))
def is_for_editor(actor: Actor, question: Any) -> bool:
    """Editors see what the asker lets be published, once it is answered."""
    return actor.holds_above(Role.EDITOR, question.office.path) and question.publication != "private"


@rule("not_staff", _("请用工作人员账户登录。"))
def is_desk_staff(actor: Actor, question: Any) -> bool:
    """Holds any role of the desk."""
    return actor.holds_anywhere(*DESK_ROLES)


@rule("not_clock", _("这一步由系统按时完成。"))
def is_clock(actor: Actor, question: Any) -> bool:
    """The clock process."""
    return actor.kind == "system"


@rule("not_contact_role", _("只有受理员、网上发言人和经办人可以导出个人信息。"))
def may_see_contacts(actor: Actor, obj: object) -> bool:
    """Holds a role that sees contacts of some questions."""
    return actor.holds_anywhere(Role.DISPATCHER, *OFFICE_ROLES)


knows_it = is_confided_to | is_ordinary
# The centre's leaders decide where nobody is above the office, so they see what they may have to decide.
works_on_it = leads_centre | oversees_office | works_at_office

register(
    {
        P.SEE_DESK: is_desk_staff,
        P.SEE_OVERSIGHT: oversees_something,
        P.EXPORT_QUEUE: is_desk_staff,
        P.EXPORT_PERSONAL: may_see_contacts,
        P.VIEW: is_asker | is_for_editor | helps_with_it | works_on_it,
        # What was said in confidence the asker and the circle read; who said it, the circle for a reason.
        P.READ_CONFIDED: is_asker | is_confided_to,
        P.VIEW_CONTACT: is_confided_to | (is_ordinary & (dispatches_it | works_at_office)),
        # Attachments are not published, so an editor needs none of them.
        P.VIEW_FILES: is_asker | is_confided_to | (is_ordinary & (helps_with_it | works_on_it)),
        P.NOTE: helps_with_it | works_on_it,
        P.ENTER: takes_questions_down,
        P.ENTER_AT: listens_at,
        P.SEE_ENTRY: takes_questions_down & entered_it,
        P.CONFIRM_RECEIPT: leads_centre,
        P.CORRECT_RECEIPT: leads_centre,
        P.SCREEN: dispatches_it & knows_it,
        P.DISPATCH: dispatches_it & knows_it,
        P.DISPATCH_MANY: dispatches_something,
        P.RECALL: dispatches_it,
        P.PROPOSE_REFUSAL: dispatches_it & knows_it,
        P.APPROVE_REFUSAL: leads_centre & knows_it,
        P.REJECT_REFUSAL: leads_centre & knows_it,
        P.ACCEPT: speaks_for_office,
        P.REQUEST_RETURN: speaks_for_office,
        P.TRANSFER: dispatches_it,
        P.REFUSE_RETURN: dispatches_it,
        P.SAVE_DRAFT: works_at_office,
        P.SUBMIT_FOR_REVIEW: works_at_office,
        P.RETURN_DRAFT: speaks_for_office | leads_office,
        P.RELEASE: speaks_for_office | leads_office,
        P.RATE: is_asker,
        P.TELL_ANSWER: is_confided_to | (is_ordinary & (dispatches_it | works_at_office)),
        # The office that answered writes no verdict on itself.
        P.RATE_TOLD: dispatches_it & knows_it & is_independent,
        P.WITHDRAW: is_asker,
        P.CLOSE: is_clock,
        P.RESEND_NOTICE: dispatches_it | works_at_office,
        P.SET_NOTICES: is_asker,
        P.EXPORT_OWN: is_asker,
        P.ERASE: is_asker,
        P.PROPOSE_ERASURE: dispatches_it,
        P.DECIDE_ERASURE: leads_centre,
        P.PUBLISH: edits_for_office,
        P.DECLINE_PUBLICATION: edits_for_office,
        P.AMEND_PUBLICATION: edits_for_office,
        P.WITHDRAW_PUBLICATION: edits_for_office,
        P.HAND_OVER: dispatches_it & knows_it,
        P.MERGE: dispatches_it & stands_with_others,
        P.UNMERGE: is_clock | dispatches_it,
        P.FOLLOW: is_clock,
        P.RECEIVE_ANSWER: is_clock,
        P.FALL_BACK: is_clock,
        P.REQUEST_EXTENSION: speaks_for_office,
        P.APPROVE_EXTENSION: leads_above,
        P.REFUSE_EXTENSION: leads_above,
        P.ASK_HELPER: works_at_office,
        P.CONTRIBUTE: helps_with_it,
        P.ASK_ASKER: speaks_for_office,
        P.SUPPLY: is_asker,
        P.LAPSE: is_clock,
        P.REQUEST_REOPENING: is_asker,
        P.APPROVE_REOPENING: leads_above,
        P.REFUSE_REOPENING: leads_above,
        P.CALL_SOMEBODY: dispatches_something,
        P.CALL_BACK: dispatches_it & is_independent,
        P.REOPEN_BY_CALL: dispatches_it & is_independent,
        P.EXPORT_ASSESSMENT: runs_it | oversees_something,
        P.REVIEW_SOMETHING: oversees_something,
        P.REVIEW_EXCLUSION: oversees_from_outside,
        P.SET_ROTA: sets_rota,
        P.WRITE_PASSAGES: writes_passages,
        P.OPEN_EMERGENCY: leads_some_centre,
        P.VIEW_EMERGENCY: is_nearby,
        P.NAME_LEAD: leads_centre,
        P.PUBLISH_STATEMENT: leads_centre | speaks_for_lead,
        P.ATTACH: leads_centre,
        P.CLOSE_EMERGENCY: leads_centre,
    }
)

# A step of the table is decided by the permission of its name; the two refusals of a return are one.
STEP_PERMISSION = {permission.value.removeprefix("answers."): permission for permission in P} | {
    "refuse_return_after_acceptance": P.REFUSE_RETURN
}
