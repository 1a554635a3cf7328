"""Forms that residents download, blank and with a sample's entries: small Word files, the same bytes every time.

They are in both languages: what is handed in is filled in in Chinese, and whoever reads English sees where.
"""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

Field = tuple[str, str, str]  # Chinese label, English label, the sample's entry

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="document" Type="{_TYPE}" Target="word/document.xml"/></Relationships>'
)
# A4 upright with margins of 20 mm, in twentieths of a point; two columns between them.
_PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'
_LABELS, _ENTRIES = 3600, 6000
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:color="4E5967"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PLEDGE = "以上内容属实。", "The above is true."
_SIGNATURE = "签名：　　　　　　日期：　　　　", "Signature and date"
_SAMPLE = "样表，仅供参考", "Sample"


def make_forms(told: dict[str, Any]) -> dict[str, dict[str, Document]]:
    """Store every form twice; return per name the two documents as a material has them."""
    common = told["form_field"]
    return {
        name: {
            "blank_form": _store(form, name, [(*_field(field, common)[:2], "") for field in form["fields"]]),
            "sample_form": _store(form, f"{name}-sample", [_field(field, common) for field in form["fields"]]),
        }
        for name, form in told["form"].items()
    }


def _field(field: str | list[str], common: dict[str, list[str]]) -> Field:
    label, english, entry = common[field] if isinstance(field, str) else field
    return label, english, entry


def _store(form: dict[str, str], name: str, fields: list[Field]) -> Document:
    is_sample = any(entry for _label, _english, entry in fields)
    title = f"{form['title']}（样表）" if is_sample else form["title"]
    content = word_file(form["title"], form["title_en"], fields, is_sample=is_sample)
    return Document.objects.create(title=title, file=ContentFile(content, name=f"{name}.docx"), file_size=len(content))


def word_file(title: str, title_en: str, fields: list[Field], *, is_sample: bool) -> bytes:
    """Return a form as Office Open XML: a title, a table of fields, a pledge and a line to sign on."""
    rows = "".join(
        f'<w:tr><w:trPr><w:trHeight w:val="680"/></w:trPr>{_cell(_LABELS, _lines(label, english))}'
        f"{_cell(_ENTRIES, _paragraph(entry, size=24))}</w:tr>"
        for label, english, entry in fields
    )
    body = (
        (_lines(*_SAMPLE) if is_sample else "")
        + _paragraph(title, size=36, is_centred=True)
        + _paragraph(title_en, size=22, is_centred=True)
        + f"<w:tbl><w:tblPr><w:tblBorders>{_LINES}</w:tblBorders></w:tblPr><w:tblGrid>"
        + f'<w:gridCol w:w="{_LABELS}"/><w:gridCol w:w="{_ENTRIES}"/></w:tblGrid>{rows}</w:tbl>'
        + _lines(*_PLEDGE)
        + _lines(*_SIGNATURE)
        + _PAGE
    )
    document = f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as parts:
        for path, text in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            # ZipInfo has a fixed date of its own: the time of making would change the bytes.
            parts.writestr(ZipInfo(path), text, ZIP_DEFLATED)
    return packed.getvalue()


def _lines(chinese: str, english: str) -> str:
    return _paragraph(chinese, size=24) + _paragraph(english, size=18)


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _paragraph(text: str, *, size: int, is_centred: bool = False) -> str:
    """size: in half points."""
    centred = '<w:jc w:val="center"/>' if is_centred else ""
    run = f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:spacing w:before="60" w:after="60"/>{centred}</w:pPr>{run}</w:p>'
