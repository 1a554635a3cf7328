"""The block of a step of a life event."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StructBlock
from wagtail.blocks.field_block import CharBlock, ChoiceBlock, PageChooserBlock, RichTextBlock

from portal.pages.rules.journeys import Relation

RELATIONS = [
    (Relation.THEN, _("上一步之后")),
    (Relation.AND, _("和上一步一起办")),
    (Relation.OR, _("和上一步二选一")),
]


class StepBlock(StructBlock):
    """One step of a life event: what to do, when it applies, and the guides that say how."""

    title = CharBlock(label=_("步骤"), max_length=60, help_text=_("动词开头，例如：给孩子上户口。"))
    relation = ChoiceBlock(choices=RELATIONS, default=Relation.THEN, label=_("和上一步的关系"))
    applies = CharBlock(
        label=_("什么情况需要"),
        max_length=80,
        required=False,
        help_text=_("不填，就是人人都要办。例如：孩子在外地出生的。"),
    )
    text = RichTextBlock(label=_("怎么做"), features=["bold", "ol", "ul", "link"], required=False)
    guides = ListBlock(
        PageChooserBlock(page_type="portal_pages.GuidePage", label=_("办事指南")),
        label=_("办事指南"),
        default=[],
        required=False,
    )

    class Meta:
        icon = "list-ol"
        label = _("步骤")
