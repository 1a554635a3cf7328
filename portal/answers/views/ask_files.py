"""The page of the journey that takes attachments: add, take out again, go on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.addresses import client_address
from portal.accounts.requests import Request
from portal.answers.actions.limiting import count_try
from portal.answers.forms.asking import FilesForm
from portal.answers.forms.journey import FILES, Journey
from portal.answers.views.ask_drafts import with_draft
from portal.answers.views.onward import address, backward, keeping_return, onward, returns
from portal.files import actions as files
from portal.files.queries import of_draft
from portal.files.refusals import Refused
from portal.files.rules import MAX_FILES
from portal.files.rules.drafts import draft_key
from portal.kernel import clock as clocks


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def files_page(request: Request, journey: Journey) -> HttpResponse:
    """Show the attachments and take more. "Continue" uploads what was chosen, too: nothing is left behind."""
    if journey.draft.question_id is not None:
        return redirect("answers:ask_done", draft_id=journey.draft.pk)
    if request.method != "POST":
        return _show(request, journey, [])
    errors = _receive(request, journey)
    if errors:
        return _show(request, journey, errors, status=422)
    if "add" in request.POST:
        return redirect(request.get_full_path())
    return redirect(onward(request, journey, FILES))


@require_POST
@with_draft
def remove_file(request: Request, journey: Journey, upload_id: UUID) -> HttpResponse:
    """Take an attachment out again; one that is gone already stays gone."""
    files.remove(upload_id, draft_key=draft_key(str(journey.draft.pk)))
    return redirect(keeping_return(request, address(journey, FILES)))


def _receive(request: Request, journey: Journey) -> list[str]:
    """Keep what was sent, file by file; return a sentence for each that was not taken."""
    errors = []
    for sent in request.FILES.getlist("files"):
        count_try("upload", client_address(request))
        try:
            files.receive(sent, draft_key=draft_key(str(journey.draft.pk)), clock=clocks.installed())
        except Refused as refused:
            errors.append(_("%(name)s：%(reason)s") % {"name": sent.name, "reason": refused.reason})
    if not errors and "add" in request.POST and not request.FILES:
        errors.append(_("请先选择文件，再按“上传”。"))
    return errors


def _show(request: Request, journey: Journey, errors: list[str], status: int = 200) -> HttpResponse:
    kept = list(of_draft(draft_key(str(journey.draft.pk))))
    context = {
        "journey": journey,
        "number": journey.pages.index(FILES) + 1,
        "back": backward(request, journey, FILES),
        "kept": kept,
        "is_full": len(kept) >= MAX_FILES,
        "errors": errors,
        "form": FilesForm(),
        "max_files": MAX_FILES,
        "is_change": returns(request),
    }
    return render(request, "portal/answers/ask/files.html", context, status=status)
