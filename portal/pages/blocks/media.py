"""Pictures and documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks.field_block import CharBlock
from wagtail.blocks.struct_block import StructBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

MEDIA = _("图片和文件")


class PictureBlock(StructBlock):
    """A picture. Its alternative text belongs to this place; without it the picture must be called decoration."""

    picture = ImageBlock(label=_("图片"))
    caption = CharBlock(label=_("图注"), max_length=120, required=False)

    def get_preview_value(self) -> Any:
        """Show the newest picture that there is."""
        newest = get_image_model().objects.order_by("-pk").first()
        return self.normalize({"picture": newest, "caption": "澄湖公园的新步道"})

    class Meta:
        label = _("图片")
        icon = "image"
        group = MEDIA
        template = "portal/pages/blocks/picture.html"
        description = _("写明图上有什么，看不见图的人靠它。")


class DocumentBlock(StructBlock):
    """A document to download, with its type and size."""

    document = DocumentChooserBlock(label=_("文件"))
    title = CharBlock(label=_("显示的名称"), max_length=120, required=False, help_text=_("不填，用文件的名称。"))
    note = CharBlock(label=_("说明"), max_length=60, required=False)

    def get_preview_value(self) -> Any:
        """Show the newest document that there is."""
        newest = get_document_model().objects.order_by("-pk").first()
        return self.normalize({"document": newest, "title": "意见反馈表", "note": ""})

    class Meta:
        label = _("文件")
        icon = "doc-full"
        group = MEDIA
        template = "portal/pages/blocks/document.html"
        description = _("附件、表格。下载前就能看到类型和大小。")
