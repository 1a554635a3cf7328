"""The demo's life events, spokespersons and sessions, in both languages, dated around the demo's today."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Page

from portal.accounts.models import Appointment, Office, Role
from portal.config.demo.accounts import FAMILY_NAMES, GIVEN_NAMES, read
from portal.config.demo.pages import ENGLISH, Data, Rows, publish
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date
from portal.pages.models import (
    GuidePage,
    LifeEventIndexPage,
    LifeEventPage,
    SessionIndexPage,
    SessionPage,
    SessionSpeaker,
    SpokespersonIndexPage,
    SpokespersonPage,
    Topic,
)

AGREED_BEFORE = timedelta(days=60)
FAMILY = [
    "Wang",
    "Li",
    "Zhang",
    "Liu",
    "Chen",
    "Yang",
    "Zhao",
    "Huang",
    "Zhou",
    "Wu",
    "Xu",
    "Sun",
    "Hu",
    "Zhu",
    "Gao",
    "Lin",
    "He",
    "Guo",
    "Ma",
    "Luo",
]
GIVEN = ["Jianguo", "Xiuying", "Zhiqiang", "Lihua", "Haiyan", "Wenjie", "Xiaodong", "Xuemei", "Guoping", "Jingyi"]
HOURS = ("工作日 9:00—12:00，13:30—17:00", "Working days 9:00–12:00, 13:30–17:00")


def make_lives(now: datetime, days: WorkCalendar) -> None:
    """Make the pages. Offices, people, topics and guides are there already. now: aware."""
    told, today = read("lives"), local_date(now)
    for slug, asked_as in told["asked_as"].items():
        Topic.objects.filter(slug=slug).update(asked_as=asked_as)
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    guides = {
        language: dict(GuidePage.objects.filter(locale__language_code=language).values_list("slug", "pk"))
        for language in ("zh-hans", "en")
    }
    for data in told["event"]:
        _event(data, topics, guides)
    profiles = {data["office"]: _spokesperson(data, today) for data in told["spokesperson"]}
    for data in told["session"]:
        _session(data, topics, profiles, _working_day(today + ONE_DAY * data["days"], days))


def _event(data: Data, topics: dict[str, Topic], guides: dict[str, dict[str, int]]) -> None:
    own = {name: value for name, value in data.items() if name != "step"} | {
        "topics": [topics[slug] for slug in data["topics"]],
        "steps": _steps(data, "", guides["zh-hans"]),
        f"steps{ENGLISH}": _steps(data, ENGLISH, guides["en"]),
    }
    publish(LifeEventIndexPage, LifeEventPage, own, [])


def _steps(data: Data, ending: str, guides: dict[str, int]) -> str:
    """Return the JSON of raw blocks; both languages have the same ids, so a list of done steps is good in both."""

    def block(number: int, step: Data) -> Data:
        texts = {name: step.get(f"{name}{ending}", step.get(name, "")) for name in ("title", "applies", "text")}
        value = texts | {
            "relation": step.get("relation", "then"),
            "guides": [guides[slug] for slug in step["guides"] if slug in guides],
        }
        return {"type": "step", "value": value, "id": str(uuid5(NAMESPACE_URL, f"{data['slug']}/{number}"))}

    return json.dumps([block(number, step) for number, step in enumerate(data["step"])])


def _spokesperson(data: Data, today: date) -> dict[str, Page]:
    held = Appointment.objects.filter(role=Role.SPOKESPERSON, office__code=data["office"]).order_by("user__email")
    appointment = held.select_related("user")[0]
    name = appointment.user.name
    own = {key: value for key, value in data.items() if key != "office"} | {
        "slug": data["office"],
        "title": name,
        f"title{ENGLISH}": _in_pinyin(name),
        "hours": HOURS[0],
        f"hours{ENGLISH}": HOURS[1],
        "appointment": appointment,
        "agreed_on": today - AGREED_BEFORE,
    }
    return publish(SpokespersonIndexPage, SpokespersonPage, own, [])


def _session(data: Data, topics: dict[str, Topic], profiles: dict[str, dict[str, Page]], day: date) -> None:
    own = {key: value for key, value in data.items() if key not in {"days", "begins", "ends", "speakers"}} | {
        "office": Office.objects.get(code=data["office"]),
        "starts_at": _at(day, data["begins"]),
        "ends_at": _at(day, data["ends"]),
        "topics": [topics[slug] for slug in data["topics"]],
    }
    speakers = [_speaker(profiles[code]) for code in data["speakers"]]
    publish(SessionIndexPage, SessionPage, own, [Rows("speakers", SessionSpeaker, speakers)])


def _speaker(profile: dict[str, Any]) -> Data:
    chinese, english = profile["zh-hans"], profile["en"]
    return {
        "person": chinese,
        f"person{ENGLISH}": english,
        "name": chinese.title,
        f"name{ENGLISH}": english.title,
        "post": f"{chinese.office.name} {chinese.post}",
        f"post{ENGLISH}": f"{english.post}, {english.office.name_en}",
    }


def _working_day(day: date, days: WorkCalendar) -> date:
    while not days.is_working_day(day):
        day += ONE_DAY
    return day


def _at(day: date, at: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), SHANGHAI)


def _in_pinyin(name: str) -> str:
    """Write a name of the demo's in letters, family name first."""
    family = dict(zip(FAMILY_NAMES, FAMILY, strict=True))
    given = dict(zip(GIVEN_NAMES, GIVEN, strict=True))
    return f"{family[name[:1]]} {given[name[1:]]}"
