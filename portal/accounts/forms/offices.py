"""The forms staff fill in about offices and the people who act for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.actions.offices import STRUCTURE
from portal.accounts.models import Office, User
from portal.accounts.permissions import P
from portal.accounts.queries import colleagues
from portal.accounts.roles import Role, roles_at
from portal.accounts.rules.tree import may_stand_below
from portal.kernel.actors import Actor
from portal.kernel.permissions import can

# What the directory of offices tells everybody.
PUBLIC = ["phone", "address", "address_en", "hours", "hours_en", "remit", "remit_en"]
WIDGETS = {name: forms.Textarea(attrs={"rows": 4}) for name in ("remit", "remit_en")}


class OfficeSettingsForm(forms.ModelForm):
    """Settings of an office; what only the office above may change is left out."""

    class Meta:
        model = Office
        fields = [
            "name",
            "name_en",
            *PUBLIC,
            "answers_need_review",
            "refusals_need_review",
            "takes_questions",
            "is_centre",
            "fallback",
            "is_active",
        ]
        widgets = WIDGETS

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can(actor, P.RESTRUCTURE_OFFICE, self.instance):
            for name in STRUCTURE:
                del self.fields[name]
        if "fallback" in self.fields:
            taking = Office.objects.filter(is_active=True, takes_questions=True)
            self.fields["fallback"].queryset = taking
            if not self.instance.is_centre:
                del self.fields["fallback"]

    def _post_clean(self) -> None:
        """Leave the instance alone: the action changes the row, under its lock."""


class NewOfficeForm(forms.ModelForm):
    """A new office below `parent`, or at the top of the tree."""

    class Meta:
        model = Office
        fields = ["name", "name_en", "code", "level", "is_centre", "takes_questions", *PUBLIC]
        widgets = WIDGETS
        help_texts = {"code": _("字母、数字和连字符，例如 edu-bureau；建立后不能更改。")}

    def __init__(self, *args: Any, parent: Office | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = parent.level if parent else None
        level = self.fields["level"]
        level.choices = [(value, label) for value, label in Office.Level.choices if may_stand_below(value, above)]

    def _post_clean(self) -> None:
        """Leave the checks of the whole row to the action, which knows the place in the tree."""


class InvitationForm(forms.Form):
    """Whom to invite to which role."""

    email = forms.EmailField(
        max_length=254, label=_("电子邮箱"), help_text=_("邀请函发往此邮箱，对方须用此邮箱登录后接受。")
    )
    role = forms.ChoiceField(label=_("角色"))

    def __init__(self, *args: Any, actor: Actor, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = set(roles_at(is_centre=office.is_centre, takes_questions=office.takes_questions))
        if not can(actor, P.INVITE_AUDITOR, office):
            roles.discard(Role.AUDITOR)
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in roles]


class ColleagueForm(forms.Form):
    """One of the people at the office, above it or below it."""

    person = forms.ModelChoiceField(label=_("人员"), queryset=User.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, office: Office, without: set[str], required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        person.queryset = colleagues(office).exclude(pk__in=without)
        person.required = required
