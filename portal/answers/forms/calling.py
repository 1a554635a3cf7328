"""How a call went, and what was said: resolved and satisfied are asked apart, as on the asker's own page."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.answers.actions.calling import record_result, record_try
from portal.answers.forms.tracking import RatingForm
from portal.answers.models import CallAttempt
from portal.answers.rules.aftermath import is_poor
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock

Outcome = CallAttempt.Outcome


class CallForm(forms.Form):
    """The outcome of one call; with an answer, the asker's verdict in the asker's words."""

    prefix = "call"

    outcome = forms.ChoiceField(
        label=_("电话打得怎么样？"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择电话的结果。")},
    )
    resolved = forms.ChoiceField(
        label=_("问题解决了吗？"),
        choices=RatingForm.base_fields["resolved"].choices,
        widget=forms.RadioSelect,
        required=False,
    )
    satisfaction = forms.TypedChoiceField(
        label=_("对这次答复满意吗？"),
        help_text=_("与是否解决分开问，照提问人说的选。"),
        coerce=int,
        choices=RatingForm.base_fields["satisfaction"].choices,
        widget=forms.RadioSelect,
        required=False,
    )
    comment = forms.CharField(
        label=_("提问人的话"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("照原话记。提问人在自己的页面上看得到。"),
        error_messages={"max_length": _("最多 300 个字，现在 %(show_value)d 个字。")},
    )
    reopening = forms.CharField(
        label=_("提问人要求再办：还有什么没有解决"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "没有解决，或者不超过 2 分的，请告诉提问人可以申请再办；要求的，替他记在这里，由承办单位的上级决定。"
        ),
        error_messages={"max_length": _("最多 1000 个字，现在 %(show_value)d 个字。")},
    )
    note = forms.CharField(
        label=_("备注"),
        max_length=200,
        required=False,
        help_text=_("给下一位拨打的人看，例如“约好明天上午再打”。承办单位看不到。"),
    )

    VERDICT = ("resolved", "satisfaction", "comment", "reopening")

    def clean(self) -> dict[str, Any]:
        """Want both verdicts of somebody who answered, and a second look only after a poor one."""
        typed = super().clean() or {}
        if typed.get("outcome") != Outcome.REACHED:
            return typed
        if not typed.get("resolved"):
            self.add_error("resolved", _("请选择问题是否解决。"))
        if not typed.get("satisfaction"):
            self.add_error("satisfaction", _("请选择 1 到 5 分。"))
        both = typed.get("resolved") and typed.get("satisfaction")
        if typed.get("reopening") and both and not is_poor(typed["resolved"], typed["satisfaction"]):
            self.add_error(
                "reopening", _("评价为“没有解决”或不超过 2 分时，才能申请再办。请核对评价，或者清空这一项。")
            )
        return typed

    def take(self, call_id: UUID, *, by: Actor, clock: Clock) -> None:
        """Write down what was typed; a verdict only of somebody who answered. Raises NotAllowed, IllegalStep."""
        typed = self.cleaned_data
        if typed["outcome"] == Outcome.REACHED:
            said = {name: typed[name] for name in self.VERDICT}
            record_result(call_id, **said, note=typed["note"], by=by, clock=clock)
        else:
            record_try(call_id, outcome=typed["outcome"], note=typed["note"], by=by, clock=clock)
