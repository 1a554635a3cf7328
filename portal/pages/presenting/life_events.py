"""A life event as its page and its checklist show it: steps, what to bring once, where to go, what is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Locale
from wagtail.rich_text import RichText

from portal.pages.listing import open_to_all
from portal.pages.models.centres import CentrePage
from portal.pages.models.guides import GuidePage, GuidePlace
from portal.pages.presenting.guides import limit, qr_code
from portal.pages.rules.bringing import Bring, Needed, bring_once, same
from portal.pages.rules.errands import fewest
from portal.pages.rules.journeys import Place, Relation, places, progress
from portal.ui.languages import HTML_CODES

if TYPE_CHECKING:
    from portal.pages.models.life_events import LifeEventPage

CHECKLIST = "checklist"  # the address below a life event's own
DONE = "done"  # the query that remembers what is ticked
# What is read of each guide in a step and of each place where it is handled; the rest stays in the database.
SHOWN_OF_GUIDES = (
    *("title", "url_path", "translation_key", "promised_limit", "promised_unit", "online_address"),
    *("locale__language_code", "office__name", "office__name_en"),
)
SHOWN_OF_PLACES = ("page", "counter", "centre__title", "centre__url_path", "centre__address", "centre__phone")
KEY_LENGTH = 8  # of a block's id: enough to tell the steps of one page apart, short enough for an address


@dataclass(frozen=True)
class ShownGuide:
    """A guide in a step. lang: where it is written in another language than the page."""

    title: str
    href: str
    office: str
    promised: str
    is_online: bool
    lang: str


@dataclass(frozen=True)
class Step:
    """A step. word: what joins it to the one before; number: "" where it shares that one's."""

    key: str
    number: str
    word: str
    title: str
    applies: str
    text: RichText | str
    guides: list[ShownGuide]
    is_done: bool


@dataclass(frozen=True)
class Thing:
    """Something to bring, with how many and for what."""

    key: str
    name: str
    amount: str
    services: tuple[str, ...]
    is_certain: bool
    is_shared: bool
    is_done: bool


@dataclass
class Door:
    """A centre to go to, with what is done there and at which counter."""

    centre: CentrePage
    errands: list[tuple[str, str]] = field(default_factory=list)


def life_event_context(event: "LifeEventPage", request: HttpRequest, part: str) -> dict[str, Any]:
    """Return the variables of a life event's page or of its checklist."""
    blocks = list(event.steps)
    stand = places([Relation(block.value["relation"]) for block in blocks])
    chosen = _guides([block.value for block in blocks], event.locale)
    needed = _needed(blocks, stand, chosen)
    ticked = frozenset(request.GET.getlist(DONE))
    steps = [
        _step(block, place, guides, event, request, ticked)
        for block, place, guides in zip(blocks, stand, chosen, strict=True)
    ]
    things = [_thing(bring, ticked) for bring in bring_once(needed)]
    doors, other_doors = _doors(chosen)
    address = event.get_url(request)
    shown = {
        "steps": steps,
        "shared": [thing for thing in things if thing.is_shared],
        "single": [thing for thing in things if not thing.is_shared],
        "doors": doors,
        "other_doors": other_doors,
        "address": address,
        "checklist": f"{address}{CHECKLIST}/",
    }
    if part != CHECKLIST:
        return shown
    done, total = progress(stand, [index for index, step in enumerate(steps) if step.is_done])
    # Only what this page knows, in its order: the same ticks have the same address.
    kept = urlencode(
        [(DONE, step.key) for step in steps if step.is_done] + [(DONE, thing.key) for thing in things if thing.is_done]
    )
    kept_address = f"{settings.BASE_URL}{shown['checklist']}{f'?{kept}' if kept else ''}"
    return shown | {
        "done": done,
        "total": total,
        "kept_address": kept_address,
        "code": qr_code(kept_address),
        "has_ticks": bool(kept),
    }


def _guides(steps: list[StructValue], locale: Locale) -> list[list[GuidePage]]:
    """Return the guides of each step that everybody may read: in the page's language where there is one."""
    named = [[guide.translation_key for guide in step["guides"] if guide is not None] for step in steps]
    keys = {key for keys in named for key in keys}
    if not keys:
        return [[] for _step in steps]
    centres = CentrePage.objects.live().filter(open_to_all())
    places = GuidePlace.objects.filter(centre__in=centres).select_related("centre").only(*SHOWN_OF_PLACES)
    found = (
        GuidePage.objects.live()
        .filter(open_to_all(), translation_key__in=keys)
        .select_related("office", "locale")
        .only(*SHOWN_OF_GUIDES)
        .prefetch_related("materials", Prefetch("places", places))
    )
    # The reader's language comes last, and so wins.
    in_order = sorted(found, key=lambda guide: (guide.locale_id == locale.pk, -guide.pk))
    by_key = {guide.translation_key: guide for guide in in_order}
    return [[by_key[key] for key in keys if key in by_key] for keys in named]


def _needed(
    blocks: Iterable[StreamValue.StreamChild], stand: list[Place], chosen: list[list[GuidePage]]
) -> list[Needed]:
    needed = []
    for block, place, guides in zip(blocks, stand, chosen, strict=True):
        is_for_all = not place.is_alternative and not block.value["applies"]
        for guide in guides:
            for row in guide.materials.all():
                if row.source == row.Source.SHARED:  # offices fetch it from each other
                    continue
                is_certain = is_for_all and row.need != row.Need.CONDITIONAL and not row.condition.asks_anything
                needed.append(Needed(row.name, guide.title, row.originals, row.copies, is_certain))
    return needed


def _step(
    block: StreamValue.StreamChild,
    place: Place,
    guides: list[GuidePage],
    event: "LifeEventPage",
    request: HttpRequest,
    ticked: frozenset[str],
) -> Step:
    words = {Relation.THEN: "", Relation.AND: _("同时"), Relation.OR: _("或者")}
    key = str(block.id)[:KEY_LENGTH]
    return Step(
        key=key,
        number=str(place.number) if place.relation is Relation.THEN else "",
        word=words[place.relation],
        title=block.value["title"],
        applies=block.value["applies"],
        text=block.value["text"],
        guides=[_shown(guide, event.locale, request) for guide in guides],
        is_done=key in ticked,
    )


def _shown(guide: GuidePage, locale: Locale, request: HttpRequest) -> ShownGuide:
    foreign = "" if guide.locale_id == locale.pk else HTML_CODES.get(guide.locale.language_code, "")
    return ShownGuide(
        title=guide.title,
        href=guide.get_url(request),
        office=guide.office.local_name,
        promised=limit(guide.promised_limit, guide.promised_unit),
        is_online=bool(guide.online_address),
        lang=foreign,
    )


def _thing(bring: Bring, ticked: frozenset[str]) -> Thing:
    counted = []
    if bring.originals:
        counted.append(ngettext("原件 %(count)d 份", "原件 %(count)d 份", bring.originals) % {"count": bring.originals})
    if bring.copies:
        counted.append(ngettext("复印件 %(count)d 份", "复印件 %(count)d 份", bring.copies) % {"count": bring.copies})
    key = blake2s(same(bring.name).encode(), digest_size=KEY_LENGTH // 2).hexdigest()
    return Thing(
        key, bring.name, _("，").join(counted), bring.services, bring.is_certain, bring.is_shared, key in ticked
    )


def _doors(chosen: list[list[GuidePage]]) -> tuple[list[Door], list[Door]]:
    """Return the centres at which everything can be done, and those where some of it can be done as well."""
    doors: dict[int, Door] = {}
    for guide in dict.fromkeys(guide for guides in chosen for guide in guides):
        for place in guide.places.all():
            door = doors.setdefault(place.centre_id, Door(place.centre))
            door.errands.append((guide.title, place.counter))
    enough = fewest({key: {title for title, _counter in door.errands} for key, door in doors.items()})
    return [doors[key] for key in enough], [door for key, door in doors.items() if key not in enough]
