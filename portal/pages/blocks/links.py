"""Where to read on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.field_block import CharBlock, PageChooserBlock, URLBlock
from wagtail.blocks.list_block import ListBlock
from wagtail.blocks.struct_block import StructBlock, StructBlockValidationError

from portal.pages.listing import readable


class LinkBlock(StructBlock):
    """A page of the site, or an address elsewhere with words of its own."""

    page = PageChooserBlock(label=_("本站页面"), required=False)
    address = URLBlock(label=_("或者外部网址"), required=False)
    text = CharBlock(label=_("显示的文字"), max_length=80, required=False)

    def clean(self, value: Any) -> Any:
        """Raise StructBlockValidationError for a link without aim, or a foreign one without words."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            raise StructBlockValidationError({"address": ValidationError(_("本站页面和外部网址，请填一个。"))})
        if cleaned["address"] and not cleaned["text"]:
            raise StructBlockValidationError({"text": ValidationError(_("外部网址请写明显示的文字。"))})
        return cleaned


class LinksBlock(StructBlock):
    """A list of links."""

    title = CharBlock(label=_("标题"), max_length=40, default="相关链接")
    links = ListBlock(LinkBlock(), label=_("链接"), min_num=1, max_num=10)

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Add text and address of each link; a page that is not for everybody is left out."""
        context = super().get_context(value, parent_context=parent_context)
        shown = readable(link["page"] for link in value["links"] if link["page"])
        request = context.get("request")
        context["links"] = [
            (link["text"] or link["page"].title, link["page"].get_url(request))
            if link["page"]
            else (link["text"], link["address"])
            for link in value["links"]
            if not link["page"] or link["page"].pk in shown
        ]
        return context

    class Meta:
        label = _("链接")
        icon = "link"
        group = _("图片和文件")
        template = "portal/pages/blocks/links.html"
        preview_value = {
            "title": "相关链接",
            "links": [{"page": None, "address": "https://example.org/", "text": "办理条件和材料"}],
        }
        description = _("相关的页面。链接的文字说明点开是什么。")
