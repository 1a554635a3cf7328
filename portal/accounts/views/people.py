"""Accounts in the back office, for administrators only: who is who, may sign in, is administrator.

Wagtail's own screens would create people, set passwords and change addresses past the code that
shows whose they are, and delete people whom records point at. Here none of that is possible.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.users.views.users import EditView, UserViewSet

from portal.accounts.models import User
from portal.accounts.queries import acts_for_an_office

NOT_OFFERED = ("add", "delete", "usage")


class PersonForm(forms.ModelForm):
    """What an administrator may change about somebody else's account."""

    class Meta:
        model = User
        fields = ["name", "is_active", "is_superuser"]
        labels = {"is_superuser": gettext_lazy("系统管理员")}
        help_texts = {
            "is_active": gettext_lazy("停用后立即退出登录，且不能再登录。"),
            "is_superuser": gettext_lazy("可以管理全部单位、人员和设置。"),
        }

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]
            del self.fields["is_superuser"]

    def clean_is_active(self) -> bool:
        """Refuse to lock out somebody who acts for an office: the cases must be handed on first."""
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and acts_for_an_office(self.instance):
            raise ValidationError(_("此人仍在任或代班。请先在“单位与人员”中结束其岗位。"))
        return is_active


class PeopleList(generic.IndexView):
    """Everybody who has an account."""

    page_title: Any = gettext_lazy("用户")
    columns = [
        TitleColumn("name", label=gettext_lazy("称呼"), accessor="get_full_name", url_name="wagtailusers_users:edit"),
        Column("email", label=gettext_lazy("电子邮箱"), sort_key="email"),
        BooleanColumn("is_superuser", label=gettext_lazy("系统管理员"), sort_key="is_superuser"),
        BooleanColumn("is_active", label=gettext_lazy("可登录"), sort_key="is_active"),
        DateColumn("last_login", label=gettext_lazy("最近登录"), sort_key="last_login"),
    ]
    search_fields: Any = ["name", "email"]
    default_ordering: Any = "email"


class PersonView(EditView):
    """One account."""

    template_name = "wagtailadmin/generic/edit.html"


class PeopleViewSet(UserViewSet):
    """Replaces Wagtail's screens (see `portal.accounts.wagtail_users`)."""

    index_view_class: Any = PeopleList
    edit_view_class = PersonView
    template_prefix = ""
    filterset_class: Any = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        """Return the one form there is."""
        return PersonForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Offer neither adding nor deleting."""
        missing = dict.fromkeys(f"{name}_url_name" for name in NOT_OFFERED)
        return super().get_common_view_kwargs(**kwargs) | missing

    def get_urlpatterns(self) -> list[Any]:
        """Leave out what is not offered."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in NOT_OFFERED]
