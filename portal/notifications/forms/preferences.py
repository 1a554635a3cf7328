"""What comes over which channel, how often, and when it is quiet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.notifications.addresses import Channel
from portal.notifications.groups import Group
from portal.notifications.kinds import kinds_in
from portal.notifications.models import Preference
from portal.notifications.planning import ways_of
from portal.notifications.rules.timing import Quiet, QuietChoice, Rhythm, Wishes

WEEKDAYS = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
PREFIX = "group-"


@dataclass(frozen=True)
class Offer:
    """A group with the channels that its recipient can choose about, and what comes in any case.

    musts: in words, what cannot be switched off.
    """

    group: Group
    channels: tuple[str, ...]
    musts: tuple[str | Promise, ...]

    @property
    def field(self) -> str:
        """The name of the group's field."""
        return PREFIX + self.group.key.replace(".", "-")


def offers(groups: Sequence[Group], reachable: Sequence[Channel]) -> Iterator[Offer]:
    """Return what there is to choose for somebody who is reached over `reachable`; empty groups are left out."""
    for group in groups:
        kinds = kinds_in(group)
        found = {way for kind in kinds if not kind.must for way in ways_of(kind, reachable)}
        channels = tuple(way.value for way in reachable if way in found)
        musts = tuple(dict.fromkeys(kind.must for kind in kinds if kind.must))
        if channels or musts:
            yield Offer(group, channels, musts)


class PreferenceForm(forms.Form):
    """The settings of one recipient. offers: see `offers`; wishes: what holds now."""

    rhythm = forms.ChoiceField(label=_("多久发一次邮件"), choices=Preference.RhythmChoice, widget=forms.RadioSelect)
    hour = forms.TypedChoiceField(
        label=_("汇总邮件几点发"), choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int
    )
    weekday = forms.TypedChoiceField(label=_("每周汇总在星期几"), choices=list(enumerate(WEEKDAYS)), coerce=int)
    quiet = forms.ChoiceField(label=_("免打扰"), widget=forms.RadioSelect)
    quiet_from = forms.TimeField(
        label=_("从几点起"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("到几点止"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        offers: Sequence[Offer],
        reachable: Sequence[Channel],
        wishes: Wishes,
        site_quiet: Quiet | None,
    ) -> None:
        super().__init__(data, initial=_initial(offers, wishes))
        self.offers = [offer for offer in offers if offer.channels]
        for offer in self.offers:
            self.fields[offer.field] = forms.MultipleChoiceField(
                label=str(offer.group.name),
                help_text=str(offer.group.about),
                choices=[(channel, Channel(channel).label) for channel in offer.channels],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if Channel.EMAIL not in reachable:
            for name in ("rhythm", "hour", "weekday"):
                del self.fields[name]
        self.fields["quiet"].choices = _quiet_choices(site_quiet)

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of one's own quiet hours, and that they differ; forget them otherwise."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if cleaned.get("quiet") == QuietChoice.OWN:
            for name, given in (("quiet_from", start), ("quiet_until", end)):
                if given is None and name not in self.errors:
                    self.add_error(name, _("请填写时间，例如 22:00。"))
            if start is not None and start == end:
                self.add_error("quiet_until", _("起止时间不能相同。"))
        return cleaned

    def choices(self) -> dict[str, Any]:
        """Return what was chosen, as `actions.choose` takes it."""
        chosen, before = self.cleaned_data, self.initial
        quiet = QuietChoice(chosen["quiet"])
        own = Quiet(chosen["quiet_from"], chosen["quiet_until"]) if quiet == QuietChoice.OWN else None
        return {
            "wanted": {
                offer.group.key: {channel: channel in chosen[offer.field] for channel in offer.channels}
                for offer in self.offers
            },
            # Without an e-mail address nobody is asked about digests.
            "rhythm": Rhythm(chosen.get("rhythm", before["rhythm"])),
            "hour": chosen.get("hour", before["hour"]),
            "weekday": chosen.get("weekday", before["weekday"]),
            "quiet": quiet,
            "own_quiet": own,
        }


def _initial(offers: Sequence[Offer], wishes: Wishes) -> dict[str, Any]:
    own = wishes.own_quiet
    return {
        "rhythm": wishes.rhythm.value,
        "hour": wishes.hour,
        "weekday": wishes.weekday,
        "quiet": wishes.quiet.value,
        "quiet_from": own.start if own else None,
        "quiet_until": own.end if own else None,
    } | {
        offer.field: [way for way in offer.channels if way not in wishes.off.get(offer.group.key, ())]
        for offer in offers
    }


def _quiet_choices(site: Quiet | None) -> list[tuple[str, str | Promise]]:
    hours = f"{site.start:%H:%M}–{site.end:%H:%M}" if site else _("不设")
    return [
        (QuietChoice.SITE.value, format_lazy(_("按网站的规定（{hours}）"), hours=hours)),
        (QuietChoice.NONE.value, _("不设，随时可以收到")),
        (QuietChoice.OWN.value, _("按我的时间")),
    ]
