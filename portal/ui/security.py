"""The security headers that differ by part of the site."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN = "/admin/"


class PolicyByPart(CSPMiddleware):
    """django-csp with a policy of its own for the Wagtail admin, which has inline script and style."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Choose the policy by the address, unless the view has chosen one.

        Wagtail asks for a preview as it would for the page, and shows it in a frame of the editor.
        """
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only:
            if request.path_info.startswith(ADMIN):
                parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
            elif getattr(request, "is_preview", False):
                parts.config = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"frame-ancestors": ["'self'"]}
        return parts
