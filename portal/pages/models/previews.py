"""How editors look at a page before it comes out: on the smallest telephone that counts, and as elderly people see it."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from portal.ui.display import COOKIE, Display

ELDER = "elder"


class Previews:
    """Mixin of the editors' pages: preview modes are the public display modes, sizes those we test."""

    preview_modes = [("", _("标准")), (ELDER, _("长辈模式"))]
    preview_sizes = [
        {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("手机宽度（360 像素）")},
        {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("平板宽度")},
        {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("电脑宽度")},
    ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the page as somebody with that display mode gets it, whatever the editor has chosen for themselves."""
        chosen = Display(size=ELDER) if mode_name == ELDER else Display()
        request.COOKIES = {**request.COOKIES, COOKIE: str(chosen)}
        response: TemplateResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]
        return response
