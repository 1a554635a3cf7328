"""A form of the back office that another page opens filled in, and that leads back there."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import CreateView

NEXT = "next"


class PrefilledCreateView(CreateView):
    """Takes the fields of the form, and where to go after saving, from the address."""

    def get_initial(self) -> dict[str, Any]:
        """Return what the address says; what does not belong there, the form leaves out."""
        return {**super().get_initial(), **self.request.GET.dict()}

    def get_add_url(self) -> str:
        """Keep the way back while the form is sent."""
        way = get_valid_next_url_from_request(self.request)
        return super().get_add_url() + (f"?{urlencode({NEXT: way})}" if way else "")

    def get_success_url(self) -> str:
        """Go back to where the form was opened."""
        return get_valid_next_url_from_request(self.request) or super().get_success_url()


def filled_in(viewset: str, back: str, **fields: str) -> str:
    """Return the address of a new row's form. viewset: its name. back: the address to which saving leads."""
    known = {name: value for name, value in fields.items() if value}
    return f"{reverse(f'{viewset}:add')}?{urlencode({**known, NEXT: back})}"
