"""What one person may do with a page: nobody releases alone what they have written."""

from wagtail.models import PagePermissionTester


class FourEyesPermissions(PagePermissionTester):
    """What one person may do with a page. "Publish" in Wagtail's tables is the right to take down, hide and sort."""

    def can_publish(self) -> bool:
        """Leave it to the workflow."""
        return bool(self.user.is_active and self.user.is_superuser and not self.page_is_root)

    def can_publish_subpage(self) -> bool:
        """Leave it to the workflow."""
        return bool(self.user.is_superuser and super().can_publish_subpage())  # type: ignore[no-untyped-call]

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Let editors delete what is not public. A page with none below it answers that itself: a list asks no query."""
        writes_only = self.user.is_active and not self.user.is_superuser and "publish" not in self.permissions
        if writes_only and "change" in self.permissions and self.page.is_leaf() and not self.page_is_root:
            return not self.page.live
        return bool(super().can_delete(ignore_bulk))  # type: ignore[no-untyped-call]

    def can_set_view_restrictions(self) -> bool:
        """Let reviewers hide a page and show it again."""
        return bool(super().can_publish())  # type: ignore[no-untyped-call]

    def can_unschedule(self) -> bool:
        """Let reviewers stop what is to come out by itself."""
        return bool(super().can_publish())  # type: ignore[no-untyped-call]
