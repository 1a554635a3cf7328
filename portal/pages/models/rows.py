"""The parts of a page that repeat: steps, materials, opening hours."""

from wagtail.models import Orderable, TranslatableMixin


class Row(TranslatableMixin, Orderable):
    """A row of a page, in the editors' order. Its own translation key lets the English page follow row by row."""

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
