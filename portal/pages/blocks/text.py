"""Blocks of words: headings, paragraphs, quotations, boxes."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks.field_block import CharBlock, ChoiceBlock, RichTextBlock, TextBlock
from wagtail.blocks.list_block import ListBlock
from wagtail.blocks.struct_block import StructBlock

TEXT = _("文字")
PROSE = ["bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(StructBlock):
    """A heading below the page's own."""

    text = CharBlock(label=_("标题"), max_length=80)
    level = ChoiceBlock(label=_("级别"), choices=[("2", _("二级")), ("3", _("三级"))], default="2")

    class Meta:
        label = _("小标题")
        icon = "title"
        group = TEXT
        template = "portal/pages/blocks/heading.html"
        preview_value = {"text": "一、申请条件", "level": "2"}
        description = _("把长文分成几段，便于查找。")


class ParagraphBlock(RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**({"features": PROSE} | kwargs))

    class Meta:
        label = _("正文")
        icon = "pilcrow"
        group = TEXT
        template = "portal/pages/blocks/paragraph.html"
        preview_value = "<p>自即日起，全区十二个便民服务中心延长开放到晚上八点。</p>"
        description = _("段落、列表和链接。一段只说一件事。")


class QuotationBlock(StructBlock):
    """Somebody's words, and whose they are."""

    text = TextBlock(label=_("原话"), max_length=400)
    who = CharBlock(label=_("谁说的"), max_length=60, required=False)

    class Meta:
        label = _("引用")
        icon = "openquote"
        group = TEXT
        template = "portal/pages/blocks/quotation.html"
        preview_value = {"text": "材料能少一份，群众就少跑一趟。", "who": "区政务服务中心"}
        description = _("引用原话或条文，写明出处。")


class BoxBlock(StructBlock):
    """What must not be overlooked."""

    tone = ChoiceBlock(
        label=_("种类"),
        choices=[("info", _("须知")), ("warning", _("注意")), ("alert", _("警示")), ("success", _("好消息"))],
        default="info",
    )
    title = CharBlock(label=_("标题"), max_length=60, required=False)
    text = RichTextBlock(label=_("内容"), features=PROSE)

    class Meta:
        label = _("提示框")
        icon = "info-circle"
        group = TEXT
        template = "portal/pages/blocks/box.html"
        preview_value = {"tone": "warning", "title": "请注意", "text": "<p>逾期不再受理。</p>"}
        description = _("不能漏看的一两句话。一页不要超过两个。")


class FactBlock(StructBlock):
    """One fact: what it is, and the fact."""

    label = CharBlock(label=_("名目"), max_length=20)
    text = CharBlock(label=_("内容"), max_length=120)


class FactsBlock(StructBlock):
    """When, where, who: to be seen at a glance."""

    title = CharBlock(label=_("标题"), max_length=40, required=False)
    facts = ListBlock(FactBlock(), label=_("要点"), min_num=1, max_num=8)

    class Meta:
        label = _("要点")
        icon = "list-ul"
        group = TEXT
        template = "portal/pages/blocks/facts.html"
        preview_value = {"title": "一眼看懂", "facts": [{"label": "时间", "text": "3 月 5 日至 3 月 20 日"}]}
        description = _("时间、地点、对象、电话，一行一项。")
