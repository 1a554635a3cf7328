"""The people of an office: inviting, standing in, leaving."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts import actions, leaving
from portal.accounts.forms.offices import ColleagueForm, InvitationForm
from portal.accounts.models import Appointment, Invitation, Office
from portal.accounts.permissions import P
from portal.accounts.views.offices import OfficeMixin
from portal.accounts.views.staff import ActionView
from portal.kernel import clock


class OfficeActionView(OfficeMixin, ActionView):
    """An action on the people of an office; ends on the office's page."""

    def permission_object(self) -> Office:
        """Ask about the office."""
        return self.office

    def get_success_url(self) -> str:
        """Go back to the office."""
        return self.office_url()


class InviteView(OfficeActionView):
    """Invite somebody to a role."""

    title = gettext_lazy("邀请任职")
    form_class = InvitationForm
    permission = P.INVITE
    done = gettext_lazy("邀请已发出。")
    submit = gettext_lazy("发出邀请")
    explanation = gettext_lazy("对方会收到一封带链接的邮件，七天内有效；接受邀请后岗位即刻生效。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the roles of this office."""
        return super().get_form_kwargs() | {"actor": self.actor, "office": self.office}

    def act(self, form: BaseForm) -> None:
        """Invite."""
        actions.invite(self.office.pk, by=self.actor, clock=clock.installed(), **form.cleaned_data)


class WithdrawView(OfficeActionView):
    """Take an invitation back."""

    title = gettext_lazy("撤回邀请")
    form_class = forms.Form
    permission = P.INVITE
    done = gettext_lazy("邀请已撤回，链接失效。")
    submit = gettext_lazy("撤回邀请")
    is_serious = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the invitation of this office, no other."""
        super().setup(request, *args, **kwargs)
        self.invitation = get_object_or_404(Invitation, pk=kwargs["invitation_id"], office=self.office)
        self.explanation = _("撤回发给 %(email)s 的邀请（%(role)s）？") % {
            "email": self.invitation.email,
            "role": self.invitation.get_role_display(),
        }

    def act(self, form: BaseForm) -> None:
        """Withdraw."""
        actions.withdraw_invitation(self.invitation.pk, by=self.actor, clock=clock.installed())


class AppointmentActionView(OfficeActionView):
    """An action on one appointment of the office."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the appointment of this office, no other."""
        super().setup(request, *args, **kwargs)
        held = Appointment.objects.filter(office=self.office, ended_at=None).select_related("user", "stand_in")
        self.appointment = get_object_or_404(held, pk=kwargs["appointment_id"])

    def describe(self) -> dict[str, str]:
        """Return the words for sentences about the appointment."""
        holder, stand_in = self.appointment.user, self.appointment.stand_in
        return {
            "name": holder.get_full_name(),
            "role": self.appointment.get_role_display(),
            "stand_in": stand_in.get_full_name() if stand_in else "",
        }


class StandInView(AppointmentActionView):
    """Name somebody who acts while the holder is away."""

    title = gettext_lazy("指定代班人员")
    form_class = ColleagueForm
    permission = P.NAME_STAND_IN
    done = gettext_lazy("代班人员已指定，即刻生效。")
    submit = gettext_lazy("指定")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues."""
        self.explanation = _("%(name)s（%(role)s）离岗期间，由代班人员行使其职责并接收通知。") % self.describe()
        without = {str(self.appointment.user_id), self.actor.id}
        return super().get_form_kwargs() | {"office": self.office, "without": without}

    def act(self, form: BaseForm) -> None:
        """Name."""
        actions.name_stand_in(
            self.appointment.pk,
            stand_in_id=form.cleaned_data["person"].pk,
            by=self.actor,
            clock=clock.installed(),
        )


class EndStandInView(AppointmentActionView):
    """The holder is back."""

    title = gettext_lazy("结束代班")
    form_class = forms.Form
    permission = P.NAME_STAND_IN
    done = gettext_lazy("代班已结束。")
    submit = gettext_lazy("结束代班")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say what will happen."""
        self.explanation = _("结束 %(stand_in)s 的代班，由 %(name)s 恢复履行%(role)s职责？") % self.describe()
        return super().get_form_kwargs()

    def act(self, form: BaseForm) -> None:
        """End."""
        actions.end_stand_in(self.appointment.pk, by=self.actor, clock=clock.installed())


class EndAppointmentView(AppointmentActionView):
    """Somebody leaves; a successor may take over in the same step."""

    title = gettext_lazy("结束任职")
    form_class = ColleagueForm
    permission = P.END_APPOINTMENT
    done = gettext_lazy("任职已结束。")
    submit = gettext_lazy("结束任职")
    is_serious = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say what waits, and offer the colleagues as successors."""
        waiting = leaving.open_cases(self.office.pk, self.appointment.role)
        self.explanation = _(
            "结束 %(name)s 的任职（%(role)s）。未办结的问题属于单位，由在岗人员继续办理；目前有 %(count)d 件。"
        ) % {**self.describe(), "count": waiting}
        without = {str(self.appointment.user_id), self.actor.id}
        return super().get_form_kwargs() | {"office": self.office, "without": without, "required": False}

    def get_form(self, form_class: Any = None) -> Any:
        """Call the choice by its purpose."""
        form = super().get_form(form_class)
        form.fields["person"].label = _("接任者")
        form.fields["person"].help_text = _("可不选；若此人是最后一位在岗人员且有未办结的问题，则必须选择。")
        return form

    def act(self, form: BaseForm) -> None:
        """End."""
        successor = form.cleaned_data["person"]
        actions.end_appointment(
            self.appointment.pk,
            by=self.actor,
            clock=clock.installed(),
            successor_id=successor.pk if successor else None,
        )
