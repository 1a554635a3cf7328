"""Change who runs the site: what was changed stands in Wagtail's log, old and new."""

from typing import Any

from django.db import transaction
from wagtail.actions.edit import EditAction
from wagtail.log_actions import log

from portal.pages.queries.identity import forget

CHANGED = "pages.identity"


class ChangeIdentity(EditAction):
    """Wagtail's own way of saving a form, with an entry of ours in the log: all of it is public."""

    def execute(self, skip_permission_checks: bool = False) -> Any:
        """Save, log what differs, and let this process read it anew once it is saved."""
        self.log_action = None
        with transaction.atomic():
            saved = super().execute(skip_permission_checks=skip_permission_checks)  # type: ignore[no-untyped-call]
            if changes := self._changes():
                log(saved, CHANGED, user=self.user, data={"changes": changes}, content_changed=True)
            transaction.on_commit(forget)
        return saved

    def _changes(self) -> list[tuple[str, Any, Any]]:
        """Return name, old and new value of each field that was changed."""
        before, after = self.form.initial, self.form.cleaned_data
        return [(name, before.get(name), _plain(after[name])) for name in self.form.changed_data]


def _plain(value: Any) -> Any:
    """Return what JSON can hold: of a picture its id, as a form has it."""
    return getattr(value, "pk", value)
