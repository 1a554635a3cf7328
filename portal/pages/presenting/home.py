"""The home page's blocks, as the apps that own them registered them (`portal.ui.home_blocks`).

Agreed order: ask a question 10, one's own matters 20, life events 30, latest answers 40, what is
open for taking part 50, notices 60, figures 70.
"""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.ui.display import Display
from portal.ui.home_blocks import HomeBlock, blocks
from portal.ui.keeping import kept


def rendered_blocks(request: HttpRequest) -> Iterator[SafeString]:
    """Yield the blocks in order; one that has nothing to show is left out.

    What is the same for everybody is kept in this process for a few seconds: the home page is asked
    for more often than anything else.
    """
    for block in blocks():
        html = _rendered(block, request) if block.personal else _kept(block, request)
        if html:
            yield html


def _kept(block: HomeBlock, request: HttpRequest) -> SafeString:
    return kept(f"home:{block.name}:{Display.of(request)}", lambda: _rendered(block, request))


def _rendered(block: HomeBlock, request: HttpRequest) -> SafeString:
    context = block.context(request)
    return render_to_string(block.template, context, request) if context is not None else SafeString()
