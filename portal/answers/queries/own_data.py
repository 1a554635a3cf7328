"""What the desk holds about one person (PIPL art. 45): their questions, drafts, answers, files and events."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.holdings import Holdings, OwnFile
from portal.answers.labels import ASKER_EVENT
from portal.answers.models import (
    Amendment,
    Answer,
    AskDraft,
    CallBack,
    Clarification,
    Confidence,
    ContactCheck,
    HandOver,
    Intake,
    Question,
    Rating,
    Refusal,
    Reopening,
    SavedFilter,
)
from portal.files.models import Upload
from portal.files.queries import attached_to
from portal.journal.models import EventRecord
from portal.notifications.keeping import notices_of

QUESTION = {
    "number": _("编号"),
    "title": _("标题"),
    "text": _("内容"),
    "place": _("地点"),
    "nickname": _("称呼"),
    "contact_sealed": _("联系方式"),
    "submitted_at": _("提交时间"),
    "answered_at": _("答复时间"),
}
CONFIDENCE = {"words_sealed": _("保密的内容")}
INTAKE = {"relation": _("与当事人的关系"), "stated_at": _("收到时间"), "recorded_at": _("登记时间")}
ANSWER = {"text": _("答复"), "released_at": _("答复时间")}
RATING = {"resolved": _("问题解决了吗？"), "satisfaction": _("您对答复满意吗？"), "comment": _("想对我们说的")}
REFUSAL = {"explanation": _("给提问人的说明"), "other_route": _("可以找谁")}
CLARIFICATION = {"text": _("请提问人补充什么"), "answer": _("您的补充"), "asked_at": _("时间")}
REOPENING = {"reason": _("还有什么没有解决"), "note": _("给提问人的说明"), "answer_text": _("再次答复")}
HAND_OVER = {"service": _("移交给"), "told": _("告知提问人的话"), "handed_at": _("时间")}
AMENDMENT = {"title_before": _("标题"), "question_before": _("公开的问题"), "answer_before": _("公开的答复")}
DRAFT = {"created_at": _("时间"), "answers_sealed": _("内容")}
FILTER = {"name": _("名称"), "chosen": _("内容")}
FILE = {"name_sealed": _("文件名"), "size": _("大小"), "uploaded_at": _("时间")}
EVENT = {"occurred_at": _("时间"), "name": _("事件")}
# What the asker's timeline tells, its verdicts, and who has looked at their contact or number.
TOLD_EVENTS = (*ASKER_EVENT, "answers.verdict_recorded", "answers.contact_revealed", "answers.call_taken")


def held_of_question(question: Question) -> Holdings:
    """Return everything held about the asker of one question."""
    held = held_of_questions([question])
    told = notices_of(question.ref)
    held.tables += told.tables
    return held


def held_of_person(user_id: UUID) -> Holdings:
    """Return everything the desk holds about an account."""
    held = held_of_questions(list(Question.objects.filter(asker=user_id).order_by("submitted_at")))
    held.add(AskDraft, _("没有提交的草稿"), DRAFT, AskDraft.objects.filter(owner=user_id, question=None))
    held.add(SavedFilter, _("保存的筛选"), FILTER, SavedFilter.objects.filter(person=user_id))
    return held


def held_of_questions(questions: list[Question]) -> Holdings:
    """Return everything held about the askers of these questions."""
    mine = Q(question__in=questions)
    refs = [question.ref for question in questions]
    calls = [call.ref for call in CallBack.objects.filter(mine)]
    uploads = [upload for ref in refs for upload in attached_to(ref)]
    held = Holdings(files=[OwnFile(upload.name, upload.open) for upload in uploads])
    held.add(Question, _("提问"), QUESTION, questions)
    held.add(Confidence, _("保密问题"), CONFIDENCE, Confidence.objects.filter(mine))
    held.add(Intake, _("代为登记"), INTAKE, Intake.objects.filter(mine))
    held.add(AskDraft, _("提问的草稿"), {"created_at": _("时间")}, AskDraft.objects.filter(mine))
    checks = ContactCheck.objects.filter(mine | Q(draft__question__in=questions))
    held.add(ContactCheck, _("联系方式的验证"), {"verified_at": _("时间")}, checks)
    held.add(Answer, _("答复"), ANSWER, Answer.objects.filter(mine))
    released = Refusal.objects.filter(mine, decision=Refusal.Decision.RELEASED)
    held.add(Refusal, _("不予受理"), REFUSAL, released)
    held.add(Rating, _("评价"), RATING, Rating.objects.filter(mine))
    held.add(Clarification, _("补充情况"), CLARIFICATION, Clarification.objects.filter(mine))
    held.add(Reopening, _("再次办理"), REOPENING, Reopening.objects.filter(mine))
    held.add(HandOver, _("紧急移交"), HAND_OVER, HandOver.objects.filter(mine))
    held.add(Amendment, _("更正之前公开的文字"), AMENDMENT, Amendment.objects.filter(mine))
    held.add(Upload, _("附件"), FILE, uploads)
    events = EventRecord.objects.filter(aggregate__in=[*refs, *calls], name__in=TOLD_EVENTS).order_by("position")
    held.add(EventRecord, _("经过"), EVENT, events)
    _hide_staff(held, {str(question.asker_id) for question in questions})
    return held


def _hide_staff(held: Holdings, own: set[str]) -> None:
    """Say of an event that an office did it, not which person: that is not the asker's data."""
    for table in held.tables:
        if table.model == EventRecord._meta.label:
            for row in table.rows:
                kind, _colon, who = row["actor"].partition(":")
                if kind == "person" and who not in own:
                    row["actor"] = "office"
