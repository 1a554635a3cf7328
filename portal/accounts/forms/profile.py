"""What people say about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class ProfileForm(forms.ModelForm):
    """Name and residency."""

    class Meta:
        model = User
        fields = ["name", "residency"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "nickname"}), "residency": forms.RadioSelect}
        help_texts = {
            "name": _("别人在网站上看到的称呼，可以不用真名。工作人员请填真实姓名。"),
            "residency": _("用来为您推荐合适的办事指南，不会公开。"),
        }
