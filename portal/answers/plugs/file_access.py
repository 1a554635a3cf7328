"""Who may open a question's attachments: whoever may view the question, the editor excepted.

Attachments are not published, so nobody needs them for a publication.
"""

from portal.answers.models import Question
from portal.answers.permissions import P
from portal.files.access import register
from portal.kernel.actors import Actor
from portal.kernel.permissions import Decision, can
from portal.kernel.refs import Ref


def may_open(actor: Actor, ref: Ref) -> Decision:
    """Decide by the question; one that does not exist opens nothing."""
    question = Question.objects.select_related("office", "centre").filter(pk=ref.id).first()
    return can(actor, P.VIEW_FILES, question) if question else Decision(False)


register("portal.answers.question", may_open)
