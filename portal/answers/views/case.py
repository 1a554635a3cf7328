"""The staff's pages in the Wagtail admin: a case and its steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.notes import add_note
from portal.answers.actions.turns import Stale
from portal.answers.clock_views import clock_views
from portal.answers.forms.erasing import ProposeErasureForm
from portal.answers.forms.exclusions import ObjectionForm
from portal.answers.forms.notes import NoteForm
from portal.answers.forms.revealing import RevealForm
from portal.answers.forms.step import StepForm
from portal.answers.forms.steps import STEP_FORMS
from portal.answers.labels import STAFF_STATE, STEP, publication_label
from portal.answers.models import Erasure, Listing, Question
from portal.answers.permissions import STEP_PERMISSION, P
from portal.answers.presenting import public_address
from portal.answers.queries.case import Case, case, load_question
from portal.answers.queries.circumstances import UNTOLD
from portal.answers.queries.passages import answers_several, passages_for
from portal.answers.queries.timeline import changes_since, last_seq
from portal.answers.queries.told import gets_messages, told_to_asker
from portal.answers.rules.contacts import Contact, masked
from portal.answers.rules.redaction import Piece, diff, marked
from portal.answers.states import EXCLUDED, OPEN, Publication
from portal.answers.views.guards import visible_question
from portal.files.queries import attached_to
from portal.kernel import clock as clocks
from portal.kernel.actors import Actor
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, can, demand
from portal.kernel.workdays import ONE_DAY
from portal.live.queries import position
from portal.workdays.queries import calendar


@never_cache
@require_GET
def case_page(request: Request, question_id: UUID) -> HttpResponse:
    """Everything about one question, with the steps that are open. ?lead=: the number to merge it into."""
    question = visible_question(request, question_id)
    context = case_context(request, question)
    for form, _name in context["forms"]:
        if form.step == "merge" and "lead" in request.GET:
            form.initial["lead"], form.opens = request.GET["lead"], True
    return render(request, "portal/answers/desk/case.html", context)


@require_POST
def take_step(request: Request, question_id: UUID, step: str) -> HttpResponse:
    """Take one step. What was typed is shown again when it cannot be taken."""
    question = visible_question(request, question_id)
    form_class = STEP_FORMS.get(step)
    if form_class is None:
        raise Http404
    form = form_class(request.POST, question=question)
    decision = can(request.actor, STEP_PERMISSION[step], question)
    if not decision:
        form.add_error(None, str(decision.reason))
        return _again(request, question, form, 403)
    if not form.is_valid():
        return _again(request, question, form, 422)
    try:
        form.take(question_id, by=request.actor, clock=clocks.installed())
    except Stale as stale:
        form.add_error(None, _("您打开页面之后，别人处理过这个问题。请看下面的变化，再决定是否继续；您写的内容还在。"))
        return _again(request, stale.question, form, 409)
    except IllegalStep:
        form.add_error(None, _("这一步现在不能做了：问题的状态已经变化。您写的内容还在。"))
        return _again(request, load_question(question_id), form, 409)
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _again(request, load_question(question_id), form, 403)
    messages.success(request, _("已完成：%(step)s。") % {"step": STEP[step]})
    after = load_question(question_id)
    if not can(request.actor, P.VIEW, after):  # passed on to another office
        return redirect("answers_desk:queue")
    return redirect("answers_desk:case", question_id=question_id)


@require_POST
def write_note(request: Request, question_id: UUID) -> HttpResponse:
    """Keep an internal note."""
    question = visible_question(request, question_id)
    demand(request.actor, P.NOTE, question)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(
            request, "portal/answers/desk/case.html", case_context(request, question, note_form=form), status=422
        )
    add_note(question_id, text=form.cleaned_data["text"], by=request.actor, clock=clocks.installed())
    messages.success(request, _("备注已保存。"))
    return redirect(f"{reverse('answers_desk:case', args=[question_id])}#notes")


def case_context(
    request: Request, question: Question, *, bound: StepForm | None = None, note_form: NoteForm | None = None
) -> dict[str, Any]:
    """Return what the case page shows; the asker's contact only masked."""
    after = position()
    now = clocks.installed().now()
    shown = case(question, request.actor, now)
    told = told_to_asker(question)
    forms = [
        bound if bound and bound.step == step else STEP_FORMS[step](question=question)
        for step in shown.steps
        if step in STEP_FORMS
    ]
    if bound and bound.step not in shown.steps:
        forms.append(bound)  # what was typed is not lost, even when the step has closed meanwhile
    forms.sort(key=lambda form: not (form.is_primary or form.opens))  # what is done most often first
    return {
        "case": shown,
        "question": question,
        "state": STAFF_STATE[question.state],
        "publication": publication_label(question, for_asker=False),
        "clocks": clock_views(question, now, calendar(), ended=question.state not in OPEN),
        "forms": [(form, STEP[form.step]) for form in forms],
        "faulty_form": bound or note_form,
        "hindered": [(STEP[step], reason) for step, reason in shown.hindered.items() if reason not in UNTOLD],
        "plain_last_day": question.plain_due and question.plain_due - ONE_DAY,
        "reopen_last_day": question.reopen_due and question.reopen_due - ONE_DAY,
        "files": attached_to(question.ref),
        "draft_diff": _draft_diff(shown),
        "is_public": question.publication == Publication.PUBLISHED,
        "public_page": _public_page(question),
        "gate": _gate(question) if "publish" in shown.steps or question.publication == "published" else None,
        "answers_several": answers_several(question),
        "passages": passages_for(question.office) if "save_draft" in shown.steps else [],
        "note_form": note_form or NoteForm(),
        "told": told,
        "gets_messages": gets_messages(question),
        "lost": [delivery for delivery in told if delivery.is_lost],
        "may_resend": bool(can(request.actor, P.RESEND_NOTICE, question)),
        "masked_contact": _masked_contact(shown),
        "confided_marked": marked(shown.confided.text) if shown.confided else [],
        "reveal_form": RevealForm(),
        **_erasure(question, request.actor),
        "may_review_exclusion": question.state in EXCLUDED and bool(can(request.actor, P.REVIEW_EXCLUSION, question)),
        "objection_form": ObjectionForm(),
        "may_note": bool(can(request.actor, P.NOTE, question)),
        "seq": last_seq(question),
        "live_after": after,
        **staff_header(
            f"{question.number} {question.title}",
            "help",
            (reverse("answers_desk:queue"), _("问题队列")),
            here=question.number,
        ),
    }


def _again(request: Request, question: Question, form: StepForm, status: int) -> HttpResponse:
    """Show the case once more with what was typed and, after a clash, what has changed meanwhile."""
    fresh = load_question(question.pk)
    seen_seq = request.POST.get("seq", "")
    changes = changes_since(fresh, int(seen_seq)) if status == 409 and seen_seq.isdigit() else []
    # The next try is made knowing the present version.
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = str(fresh.version)
    context = case_context(request, fresh, bound=form) | {"changes": changes}
    return render(request, "portal/answers/desk/case.html", context, status=status)


def _erasure(question: Question, actor: Actor) -> dict[str, Any]:
    """Return what the case page says and offers about erasing the asker's data."""
    erasure = question.erasures.select_related("requested_by", "decided_by").order_by("pk").last()
    is_waiting = bool(erasure and erasure.decision == Erasure.Decision.OPEN)
    is_done = bool(erasure and erasure.decision == Erasure.Decision.DONE)
    is_free = question.state not in OPEN and not is_waiting and not is_done
    return {
        "erasure": erasure,
        "erasure_form": ProposeErasureForm(is_published=question.publication == Publication.PUBLISHED),
        "may_propose_erasure": is_free and bool(can(actor, P.PROPOSE_ERASURE, question)),
        "may_decide_erasure": erasure is not None
        and is_waiting
        and str(erasure.requested_by_id) != actor.id
        and bool(can(actor, P.DECIDE_ERASURE, question)),
    }


def _masked_contact(shown: Case) -> str:
    contact = shown.question.contact if shown.sees_contact else ""
    return masked(Contact(shown.question.contact_kind, contact)) if contact else ""


def _draft_diff(shown: Case) -> list[Piece]:
    if len(shown.drafts) < 2:
        return []
    return diff(shown.drafts[-2].text, shown.drafts[-1].text)


def _public_page(question: Question) -> str:
    """Return the address of the published answer; "" while the worker has not made its page yet, and of what is not public."""
    if question.publication != Publication.PUBLISHED:
        return ""
    listing = Listing.objects.filter(question=question, is_answered=True).exclude(page_url="").first()
    return public_address(listing) if listing else ""


def _gate(question: Question) -> dict[str, Any]:
    redaction = getattr(question, "redaction", None)
    gate: dict[str, Any] = {
        "question_marked": marked(question.text),
        "answer_marked": marked(question.answer.text),
    }
    if redaction:
        gate["question_diff"] = diff(question.text, redaction.question_text)
        gate["answer_diff"] = diff(question.answer.text, redaction.answer_text)
    return gate
