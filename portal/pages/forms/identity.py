"""The form of the site's identity: says beside each field what stands there if it is left blank."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.ui.identity import from_environment, identity


class IdentityForm(WagtailAdminModelForm):
    """Names the environment's values, and what must be shown and is given nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given, missing = from_environment(), identity().missing()
        for name, field in self.fields.items():
            default = getattr(given, name)
            if isinstance(default, str) and default:
                field.help_text = _("留空就是：%(value)s") % {"value": default}
            elif name in missing:
                field.help_text = _("政府网站必须公布，现在还缺。")
