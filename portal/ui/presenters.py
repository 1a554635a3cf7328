"""What components work out from their props, so that their templates hold no rule."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.kernel.clock import SHANGHAI
from portal.ui.components import present
from portal.ui.differences import difference
from portal.ui.navigation import home_address

# A status is never told by colour alone.
TONE_ICONS = {
    "neutral": "minus",
    "info": "info",
    "waiting": "clock",
    "success": "check",
    "warning": "warning",
    "alert": "alert",
}

Props = dict[str, Any]
Request = HttpRequest | None


@present("timeline-entry")
def mark(props: Props, request: Request) -> Props:
    """Mark an entry by its tone; one that is plainly done has a tick, for a line of minus signs reads as removed."""
    return {"icon": TONE_ICONS["success" if props["tone"] == "neutral" else props["tone"]]}


@present("tag")
@present("notice")
def tone_icon(props: Props, request: Request) -> Props:
    """Choose the icon of the tone, unless one is given."""
    return {"icon": props.get("icon") or TONE_ICONS[props["tone"]]}


@present("deadline")
def deadline(props: Props, request: Request) -> Props:
    """Choose the icon and how the end is written.

    A working-day deadline ends at midnight; people read the day before it, which still counts.
    """
    due = props["due"]
    last_day = due
    if isinstance(due, datetime):
        local = due.astimezone(SHANGHAI)
        last_day = local.date() - timedelta(days=1) if local.time() == time.min else None
    return {"icon": TONE_ICONS[props["tone"]], "last_day": last_day}


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox of a group."""

    id: str
    input: SafeString
    label: str
    hint: str | Promise


@present("field")
def field(props: Props, request: Request) -> Props:
    """Find out what kind of input a bound field has and tie its notes to it for screen readers."""
    bound: BoundField = props["field"]
    hint = props["hint"] or bound.help_text
    kind = _kind(bound)
    limit = getattr(bound.field, "max_length", None) if kind == "textarea" else None
    notes = {"hint": hint, "rules": props["rules"], "error": bound.errors, "count": limit}
    described_by = " ".join(f"{bound.auto_id}-{note}" for note, value in notes.items() if value)
    is_group = kind in {"radios", "checkboxes"}
    return {
        "kind": kind,
        "is_group": is_group,
        "label": props["label"] or bound.label,
        "hint": hint,
        "errors": bound.errors,
        "limit": limit,
        "described_by": described_by,
        "choices": _choices(bound, props["options"] or {}) if is_group else (),
        "input": "" if is_group else _input(bound, props, kind, described_by, limit),
    }


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    # Order matters: checkboxes are radios and radios are selects, by inheritance.
    kinds = {
        CheckboxSelectMultiple: "checkboxes",
        RadioSelect: "radios",
        Select: "select",
        Textarea: "textarea",
        CheckboxInput: "checkbox",
        FileInput: "file",
    }
    return next((name for kind, name in kinds.items() if isinstance(widget, kind)), "text")


def _choices(bound: BoundField, hints: dict[str, Any]) -> list[Choice]:
    choices = []
    for option in bound.subwidgets:
        identity = option.id_for_label
        hint = hints.get(str(option.data["value"]), "")
        if hint:
            option.data["attrs"]["aria-describedby"] = f"{identity}-hint"
        if bound.errors:
            option.data["attrs"]["aria-invalid"] = "true"
        choices.append(Choice(identity, option.tag(wrap_label=False), option.choice_label, hint))
    return choices


def _input(bound: BoundField, props: Props, kind: str, described_by: str, limit: int | None) -> SafeString:
    attrs = {
        # A lone checkbox looks like those of a group: a box of its own height beside its words.
        "class": "" if kind == "checkbox" else f"y-input y-input--{kind} y-input--{props['width']}",
        "aria-describedby": described_by,
        "autocomplete": props["autocomplete"],
        "inputmode": props["inputmode"],
    }
    given: dict[str, str | bool] = {name: value for name, value in attrs.items() if value}
    if limit:
        # The form checks the length: a hard stop in the box would cut pasted text unseen.
        given |= {"data-count": str(limit), "maxlength": False}
    return bound.as_widget(attrs=given)


@dataclass(frozen=True)
class Fault:
    """A line of the error summary; anchor: id of the input it leads to, or nothing."""

    text: str
    anchor: str


@present("error-summary")
def error_summary(props: Props, request: Request) -> Props:
    """List the faults in the order of the form; each leads to its input."""
    items = [Fault(str(text), "") for text in props["errors"] or ()]
    form = props["form"]
    if form is not None and form.is_bound:
        items += [Fault(text, "") for text in form.non_field_errors()]
        # "This field is required" helps nobody who does not see which: the label goes in front.
        items += [
            Fault(
                _("%(label)s：%(error)s") % {"label": str(bound.label).rstrip("？?：:。."), "error": text},
                anchor(bound),
            )
            for bound in form
            for text in bound.errors
        ]
    return {"items": items}


def anchor(bound: BoundField) -> str:
    """Return the id of the input, of the first one in a group."""
    return bound.id_for_label or f"{bound.auto_id}_0"


@dataclass(frozen=True)
class Message:
    """A message of Django's with the tone it is shown in."""

    text: str
    tone: str


@present("messages")
def messages(props: Props, request: Request) -> Props:
    """Give each message the tone of its level."""
    tones = {"success": "success", "warning": "warning", "error": "alert"}
    return {"messages": [Message(str(m), tones.get(m.level_tag, "info")) for m in props["messages"] or ()]}


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    label: Any
    numeric: bool


@dataclass(frozen=True)
class Cell:
    """A cell with its column's label, which is shown beside it on phones."""

    value: Any
    label: Any
    numeric: bool


@present("table")
def table(props: Props, request: Request) -> Props:
    """Pair each cell with its column."""
    numeric = {int(number) for number in props["numeric"].split()}
    columns = [Column(label, number in numeric) for number, label in enumerate(props["head"], 1)]
    rows = [
        [Cell(value, column.label, column.numeric) for value, column in zip(row, columns, strict=True)]
        for row in props["rows"] or ()
    ]
    return {"columns": columns, "table": rows}


@dataclass(frozen=True)
class PageLink:
    """A number in the pagination; without address it is a gap."""

    number: int
    href: str
    is_current: bool


@present("pagination")
def pagination(props: Props, request: Request) -> Props:
    """Build the addresses of other pages, with the rest of the query as it is."""
    page, parameter = props["page"], props["parameter"]
    query = request.GET.copy() if request else None

    def href(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query.pop(parameter, None)
        if number > 1:
            query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        PageLink(number, href(number), number == page.number) if isinstance(number, int) else PageLink(0, "", False)
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return {
        "numbers": numbers,
        "previous_href": href(page.previous_page_number()) if page.has_previous() else "",
        "next_href": href(page.next_page_number()) if page.has_next() else "",
    }


@present("filters")
def filters(props: Props, request: Request) -> Props:
    """Tell whether anything is filtered, so that there is something to clear."""
    return {"is_filtered": bool(request and any(request.GET.values()))}


@present("breadcrumbs")
def breadcrumbs(props: Props, request: Request) -> Props:
    """Begin at the home page of the present language."""
    return {"home": home_address()}


@present("diff")
def diff(props: Props, request: Request) -> Props:
    """Compare the two texts."""
    return {"lines": difference(props["old"], props["new"])}
