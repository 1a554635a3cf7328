"""Fields that several datasets share."""

from ninja import Schema


class Named(Schema):
    """A name with the code that stays."""

    code: str
    name: str
