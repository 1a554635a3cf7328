"""The datasets that apps publish. An app registers its own when it starts.

One declaration makes the JSON list and its items, the CSV file, the entry on the page and the
description in OpenAPI.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Schema
from pydantic import AwareDatetime, create_model

MOST = 100  # entries of a page


class Params(Schema):
    """What every list understands."""

    language: Literal["zh-Hans", "en"] = Field("zh-Hans", description=gettext_noop("用哪种语言回答"))
    limit: int = Field(MOST // 2, ge=1, le=MOST, description=gettext_noop("一页多少条"))
    after: str = Field("", description=gettext_noop("从哪里接着读：上一页 next 里的位置"))


@dataclass(frozen=True)
class Filter:
    """A query parameter that narrows a dataset. lookup: Django's, such as ``office__code``; text: what it takes, a Chinese message."""

    lookup: str
    text: str


@dataclass(frozen=True)
class Dataset:
    """What is published of one kind.

    name: its address, such as ``guides``. item: the fields of an entry; their descriptions are Chinese
    messages. rows: the rows that everybody may read, with all that `make` needs; make: the entry of a
    row; both in the present language. key: the field with the id that stays. changed: the field with
    the instant of the last change, None where rows bear none.
    """

    name: str
    title: Any
    about: Any
    item: type[Schema]
    rows: Callable[[], "QuerySet[Any]"]
    make: Callable[[Any, HttpRequest], Schema]
    key: str
    changed: str | None = None
    filters: dict[str, Filter] = field(default_factory=dict)

    @cached_property
    def params(self) -> type[Params]:
        """The query parameters of the list."""
        own: dict[str, Any] = {name: (str, Field("", description=one.text)) for name, one in self.filters.items()}
        if self.changed:
            about = gettext_noop("只要这个时刻以后修改的，带时区")
            own["since"] = (AwareDatetime | None, Field(None, description=about))
        return create_model(f"{self.name.title()}Params", __base__=Params, **own)


@dataclass(frozen=True)
class OtherFile:
    """Something else to take along, at an address of its own. url_name: without arguments."""

    title: Any
    about: Any
    url_name: str
    format: str


_datasets: dict[str, Dataset] = {}
_files: dict[str, OtherFile] = {}


def register(dataset: Dataset) -> None:
    """Publish a dataset."""
    _datasets[dataset.name] = dataset


def register_file(file: OtherFile) -> None:
    """Name another file on the page of open data."""
    _files[file.url_name] = file


def datasets() -> list[Dataset]:
    """Return what is published, by name."""
    return [_datasets[name] for name in sorted(_datasets)]


def dataset(name: str) -> Dataset:
    """Return one dataset. Raises KeyError."""
    return _datasets[name]


def other_files() -> list[OtherFile]:
    """Return what else can be taken along."""
    return list(_files.values())
