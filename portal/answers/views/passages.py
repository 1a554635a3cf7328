"""An office's canned passages: its own page, and putting one into the draft of a case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.headers import staff_header
from portal.accounts.models import Office
from portal.accounts.requests import Request
from portal.answers.actions.passages import keep_passage, remove_passage
from portal.answers.forms.passages import PassageForm, chips
from portal.answers.forms.steps import SaveDraftForm
from portal.answers.models import Passage, Question
from portal.answers.permissions import P
from portal.answers.queries.passages import passage_offices, passages_for, values_of
from portal.answers.rules.passages import filled
from portal.answers.views.case import case_context
from portal.answers.views.guards import permitted_office, visible_question
from portal.kernel import clock as clocks
from portal.kernel.permissions import NotAllowed, demand


@never_cache
@require_GET
def passages_home(request: Request) -> HttpResponse:
    """Lead to the first office whose passages one writes; say so where there is none."""
    demand(request.actor, P.SEE_DESK)
    offices = passage_offices(request.actor)
    if offices:
        return redirect("answers_desk:passages", office_id=offices[0].pk)
    return render(request, "portal/answers/desk/passages.html", _frame() | {"office": None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passages_page(request: Request, office_id: UUID) -> HttpResponse:
    """Show what the office may use, and write another one."""
    office = permitted_office(request, office_id, P.WRITE_PASSAGES)
    form = PassageForm(request.POST or None)
    if request.method == "POST":
        if response := _keep(request, office, form):
            return response
        return _show(request, office, form, 422)
    return _show(request, office, form, 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passage_page(request: Request, office_id: UUID, passage_id: int) -> HttpResponse:
    """Change one passage."""
    office = permitted_office(request, office_id, P.WRITE_PASSAGES)
    passage = Passage.objects.filter(pk=passage_id, office=office).first()
    if passage is None:
        raise Http404
    form = PassageForm(request.POST or None, instance=passage)
    if request.method == "POST" and (response := _keep(request, office, form, passage_id)):
        return response
    context = _frame(office, passage.title) | {"office": office, "passage": passage, "form": form, "chips": chips()}
    return render(request, "portal/answers/desk/passage.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, office_id: UUID, passage_id: int) -> HttpResponse:
    """Remove a passage. One that is gone already, by a double click, is no error."""
    office = permitted_office(request, office_id, P.WRITE_PASSAGES)
    remove_passage(office.pk, passage_id, by=request.actor)
    messages.success(request, _("常用语已删除。"))
    return redirect("answers_desk:passages", office_id=office.pk)


@require_POST
def insert(request: Request, question_id: UUID) -> HttpResponse:
    """Come back with the chosen passage below what was typed; nothing is saved by that."""
    question = visible_question(request, question_id)
    demand(request.actor, P.SAVE_DRAFT, question)
    typed = request.POST.get("save_draft-text", "")
    chosen = _chosen(question, request.POST.get("passage", ""))
    parts = [typed.rstrip(), _filled(chosen, question)] if chosen else [typed]
    seen = request.POST.get("save_draft-seen", "")
    initial = {"text": "\n\n".join(part for part in parts if part)} | ({"seen": seen} if seen.isdigit() else {})
    context = case_context(request, question, bound=SaveDraftForm(question=question, initial=initial))
    context["passage_note"] = _("已插入“%(title)s”，还没有保存。") % {"title": chosen} if chosen else ""
    context["passage_error"] = "" if chosen else _("请先选择一条常用语。")
    context["faults"] = [] if chosen else [context["passage_error"]]
    return render(request, "portal/answers/desk/case.html", context, status=200 if chosen else 422)


@never_cache
@require_GET
def passage_text(request: Request, question_id: UUID, passage_id: int) -> HttpResponse:
    """Return a passage with this question's values, for the script that puts it at the cursor."""
    question = visible_question(request, question_id)
    demand(request.actor, P.SAVE_DRAFT, question)
    chosen = _chosen(question, str(passage_id))
    if chosen is None:
        raise Http404
    return JsonResponse({"text": _filled(chosen, question)})


def _keep(request: Request, office: Office, form: PassageForm, passage_id: int | None = None) -> HttpResponse | None:
    """Keep what was typed and lead back to the list; None when something is wrong with it."""
    if not form.is_valid():
        return None
    try:
        keep_passage(office.pk, **form.cleaned_data, by=request.actor, clock=clocks.installed(), passage_id=passage_id)
    except NotAllowed as refused:
        form.add_error("title", str(refused.reason))
        return None
    messages.success(request, _("常用语已保存。"))
    return redirect("answers_desk:passages", office_id=office.pk)


def _chosen(question: Question, passage_id: str) -> Passage | None:
    return next((one for one in passages_for(question.office) if str(one.pk) == passage_id), None)


def _filled(passage: Passage, question: Question) -> str:
    return filled(passage.text, values_of(question, clocks.installed().now()))


def _show(request: Request, office: Office, form: PassageForm, status: int) -> HttpResponse:
    found = passages_for(office)
    context = _frame() | {
        "office": office,
        "offices": passage_offices(request.actor),
        "own": [passage for passage in found if passage.office_id == office.pk],
        "shared": [passage for passage in found if passage.office_id != office.pk],
        "form": form,
        "chips": chips(),
    }
    return render(request, "portal/answers/desk/passages.html", context, status=status)


def _frame(office: Office | None = None, title: str = "") -> dict[str, Any]:
    above = [(reverse("answers_desk:passages", args=[office.pk]), _("常用语"))] if office else []
    return staff_header(title or _("常用语"), "clipboard-list", *above)
