"""What the body of an article is made of. Each block is shown by a template of `portal.ui` components.

Blocks stay out of migrations (`models/fields.py: BlocksField`): what changes here needs none.
"""

from portal.pages.blocks.links import LinksBlock
from portal.pages.blocks.media import DocumentBlock, PictureBlock
from portal.pages.blocks.tables import TableBlock
from portal.pages.blocks.text import BoxBlock, FactsBlock, HeadingBlock, ParagraphBlock, QuotationBlock

BODY = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("picture", PictureBlock()),
    ("document", DocumentBlock()),
    ("table", TableBlock()),
    ("quotation", QuotationBlock()),
    ("box", BoxBlock()),
    ("facts", FactsBlock()),
    ("links", LinksBlock()),
]
ATTACHMENTS = [("document", DocumentBlock())]
