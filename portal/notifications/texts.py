"""Make words of notices, in the present language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.kernel.refs import Ref
from portal.notifications.kinds import Kind, UnknownKind, kind_of
from portal.notifications.models import Notice
from portal.notifications.params import Param


@dataclass(frozen=True)
class Text:
    """A notice in words. path: where the matter is, "" when there is nothing to open. values: the params in words."""

    subject: str
    body: str
    path: str
    values: Mapping[str, str]


def text_of(notice: Notice) -> Text:
    """Return one notice in words. Raises UnknownKind."""
    kind_of(notice.kind)
    return texts([notice])[notice.pk]


def texts(notices: Iterable[Notice]) -> dict[int, Text]:
    """Return notices in words, by id; what must be looked up is looked up once for all of them.

    A notice of a kind that is no longer installed is left out.
    """
    known = [(notice, kind) for notice in notices if (kind := _kind(notice)) is not None]
    shown = _shown(known)
    return {notice.pk: _text(notice, kind, shown) for notice, kind in known}


Shown = Mapping[Param, Mapping[Any, str]]


def _kind(notice: Notice) -> Kind | None:
    try:
        return kind_of(notice.kind)
    except UnknownKind:
        return None


def _shown(known: list[tuple[Notice, Kind]]) -> Shown:
    wanted: defaultdict[Param, set[Any]] = defaultdict(set)
    for notice, kind in known:
        for name, param in kind.params.items():
            # A param that the kind got in a later version is not in older rows.
            if name in notice.params:
                wanted[param].add(notice.params[name])
    return {param: param.show_all(values) for param, values in wanted.items()}


def _text(notice: Notice, kind: Kind, shown: Shown) -> Text:
    values = {
        name: shown[param][notice.params[name]] if name in notice.params else "" for name, param in kind.params.items()
    }
    return Text(
        subject=str(kind.subject).format_map(values),
        body=str(kind.body).format_map(values),
        path=kind.path(Ref.parse(notice.ref), Ref.parse(notice.recipient)),
        values=values,
    )
