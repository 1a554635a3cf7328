"""Tables that can be read on a phone: a caption, headings, and the first cell names its row."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks.field_block import CharBlock, DecimalBlock
from wagtail.blocks.struct_block import StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

TEXT, NUMBER = "text", "number"


class CellsBlock(TypedTableBlock):
    """The cells, for translators too: headings and words are theirs, figures stay as they are."""

    def get_translatable_segments(self, table: Any) -> list[StringSegmentValue]:
        """Return the words with their places: ``head.<column>`` and ``row.<row>.<column>``."""
        heads = [(f"head.{number}", column["heading"]) for number, column in enumerate(table.columns)]
        cells = [
            (f"row.{number}.{place}", value)
            for number, row in enumerate(table.row_data)
            for place, value in enumerate(row["values"])
            if table.columns[place]["block"].name == TEXT
        ]
        return [StringSegmentValue(place, words) for place, words in [*heads, *cells] if words]

    def restore_translated_segments(self, table: Any, segments: Iterable[StringSegmentValue]) -> Any:
        """Put translated words into their places."""
        for segment in segments:
            part, *place = segment.path.split(".")
            first, *rest = map(int, place)
            if part == "head":
                table.columns[first]["heading"] = segment.render_text()
            else:
                table.row_data[first]["values"][rest[0]] = segment.render_text()
        return table


class TableBlock(StructBlock):
    """A table."""

    caption = CharBlock(label=_("表名"), max_length=80)
    table = CellsBlock(
        [
            (TEXT, CharBlock(label=_("文字"), required=False)),
            (NUMBER, DecimalBlock(label=_("数字"), required=False)),
        ],
        label=_("表格"),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Add headings, rows and which columns hold figures, as the component `table` wants them."""
        table = value["table"]
        own = {
            "head": [column["heading"] for column in table.columns],
            "rows": [["" if cell.value is None else cell.value for cell in row] for row in table.rows],
            "numeric": " ".join(
                str(number) for number, column in enumerate(table.columns, 1) if column["block"].name == NUMBER
            ),
        }
        return super().get_context(value, parent_context=parent_context) | own

    class Meta:
        label = _("表格")
        icon = "table"
        group = _("图片和文件")
        template = "portal/pages/blocks/table.html"
        preview_value = {
            "caption": "补助标准",
            "table": {
                "columns": [{"type": "text", "heading": "对象"}, {"type": NUMBER, "heading": "元／月"}],
                "rows": [{"values": ["八十周岁以上", 120]}, {"values": ["九十周岁以上", 300]}],
                "caption": "",
            },
        }
        description = _("第一列写这一行是什么。手机上一行显示为一张卡片。")
