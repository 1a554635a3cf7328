"""Views of the queue that people keep."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """One person's own view of the queue, by name.

    chosen: what the filters say, as `QueueFilterForm.said` gives it; {} is the whole open queue.
    is_default: the view that the queue opens with.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("名称"), max_length=20)
    chosen = models.JSONField(default=dict, blank=True)
    is_default = models.BooleanField(_("打开队列时使用"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="answers_saved_filter_name"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_default=True), name="answers_saved_filter_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name
