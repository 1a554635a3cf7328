"""The home page's blocks, as the apps that own them registered them (`portal.ui.home_blocks`).

Agreed order: ask a question 10, one's own matters 20, life events 30, latest answers 40, what is
open for taking part 50, notices 60, figures 70.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.ui.home_blocks import blocks


def rendered_blocks(request: HttpRequest) -> list[SafeString]:
    """Return the blocks in order; one that has nothing to show is left out."""
    shown = ((block.template, block.context(request)) for block in blocks())
    return [render_to_string(template, context, request) for template, context in shown if context is not None]
