"""Who is on duty at an office on a day, nights and festivals included."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office


class Duty(models.Model):
    """A person answers for the office's 24 hours on a day, from midnight to midnight (Asia/Shanghai)."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="duties")
    day = models.DateField(_("日期"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["office", "day", "person"], name="answers_duty_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.office_id}"
