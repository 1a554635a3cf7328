"""The staff's queue over 200,000 open questions and the public list over 1.2 million published answers.

Every filter of both forms, each order, pages far behind: SQL statements and wall time of a page,
beside the same page when each list holds three rows. Goal: p95 of a page at most 300 ms on PostgreSQL.

Run: python -m scripts.services -- python -m benchmarks.lists [OPEN] [PUBLISHED]   (without services: SQLite)
"""

import gc
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace

from benchmarks.throwaway import database, statements, wall_ms

TIMES = 20
GOAL = 300  # milliseconds
OFFICES = 300
TOPICS = 20
BASE_ROWS = 3

Page = Callable[[], object]


def main(open_rows: int, published_rows: int) -> None:
    """Print a table: page, statements with few and with many rows, median, p95 and ratio of the medians."""
    from django.db import connection
    from django.test import Client

    from portal.accounts.models import User
    from portal.kernel import clock as clocks

    with database():
        city = make_city()
        clocks.install(city.now)
        fill(city, BASE_ROWS, BASE_ROWS)
        clients = {name: Client() for name in ("dispatcher", "superior", "leader", "spokesperson", "editor", "")}
        for name, client in clients.items():
            if name:
                client.force_login(User.objects.get(pk=getattr(city.district, name).id))
        pages = dict(queue_pages(city, clients)) | dict(public_pages(city, clients[""]))
        few = {name: measured(get) for name, get in pages.items()}
        gc.collect()
        gc.freeze()  # as the web process does
        fill(city, open_rows, published_rows, start=BASE_ROWS)
        print(f"{connection.vendor}: {open_rows} open, {published_rows} published; few: {BASE_ROWS} each")
        print(f"{'page':<52}{'SQL':>9}{'median ms':>11}{'p95 ms':>9}{'ratio':>8}")
        beyond = 0
        for name, get in pages.items():
            base_sql, base_middle, _high = few[name]
            sql, middle, high = measured(get)
            beyond += high > GOAL
            mark = " !" if high > GOAL else ""
            print(f"{name:<52}{f'{base_sql}, {sql}':>9}{middle:>11.1f}{high:>9.1f}{middle / base_middle:>8.1f}{mark}")
        print(f"{beyond} of {len(pages)} pages beyond {GOAL} ms")


def measured(get: Page) -> tuple[int, float, float]:
    """Return statements, median and p95 of a page, after one visit that warms it."""
    get()
    return (statements(get), *wall_ms(get, TIMES))


# --- Pages ------------------------------------------------------------------------------------


def queue_pages(city: SimpleNamespace, clients: dict) -> Iterator[tuple[str, Page]]:
    """Yield every filter of the queue's form, its two orders, deep pages, and who sees how much."""
    from portal.answers.forms.queue import GROUPS

    office, topic = city.district.schools.pk, city.topics[3].pk
    filters = {"all": ""} | {f"group {name}": f"group={name}" for name, _label in GROUPS[1:]}
    filters |= {
        "scope office": "scope=office",
        "office": f"office={office}",
        "topic": f"topic={topic}",
        "overdue": "overdue=on",
        "late 2": "late=2",
        "late 5": "late=5",
        "text, common": "text=入学",
        "text, rare": "text=第一百零七号",
        "text, in none": "text=不会有的字",
        "number": f"text={city.waiting.number.lower()}",
        "office, topic, overdue": f"office={office}&topic={topic}&overdue=on",
        "late 5, text": "late=5&text=入学",
        "answered, office": f"group=answered&office={office}",
        "answered, topic": f"group=answered&topic={topic}",
        "answered, text in none": "group=answered&text=不会有的字",
        "page 50": "p=50",
        "last page": "p=100",
        "answered, last page": "group=answered&p=100",
        "text, common, last page": "text=入学&p=100",
    }

    def get(client, query):
        return lambda: expect_ok(client.get(f"/admin/desk/?{query}"))

    for name, query in filters.items():
        yield f"queue, {name}", get(clients["dispatcher"], query)
    for person in ("superior", "leader", "spokesperson", "editor"):
        for name in ("all", "overdue", "office", "topic", "group answered", "text, common", "text, in none"):
            yield f"queue of {person}, {name}", get(clients[person], filters[name])
    yield "queue, confirm the export", lambda: expect_ok(clients["dispatcher"].get("/admin/desk/export/"))


def public_pages(city: SimpleNamespace, client) -> Iterator[tuple[str, Page]]:
    """Yield every combination of the public list's filters, its first page, one amid it and the last that is shown."""
    chosen = {
        "office": f"office={city.district.schools.code}",
        "topic": f"topic={city.topics[3].slug}",
        "month": f"month={city.month:%Y-%m}",
    }
    for tab, names in (("answered", ("office", "topic", "month")), ("waiting", ("office", "topic"))):
        for number in range(2 ** len(names)):
            used = [name for bit, name in enumerate(names) if number >> bit & 1]
            query = "&".join([f"tab={tab}", *(chosen[name] for name in used)])
            for page in (1, 250, 500):
                yield (
                    f"public list, {', '.join([tab, *used])}, page {page}",
                    lambda query=query, page=page: expect_ok(client.get(f"/answers/?{query}&page={page}")),
                )
    yield "feed", lambda: expect_ok(client.get("/answers/feed/"))
    yield (
        "feed, office and topic",
        lambda: expect_ok(client.get(f"/answers/feed/?{chosen['office']}&{chosen['topic']}")),
    )


def expect_ok(response) -> None:
    """Refuse to measure an error page."""
    assert response.status_code == 200, response.status_code


# --- Rows -------------------------------------------------------------------------------------


def make_city() -> SimpleNamespace:
    """Return a district with 300 offices, 20 topics, and two first questions to copy: one that waits, one answered."""
    from django.db import transaction

    from portal.accounts.models import Office
    from portal.answers.models import Listing, Topic
    from portal.answers.plugs.handlers import refresh_listing
    from tests.factories.answers import at, dispatched, make_district, published

    district = make_district()
    for number in range(OFFICES):
        city_office = Office.objects.get(pk=district.city.pk)
        city_office.add_child(instance=Office(code=f"unit-{number}", name=f"第{number}单位", level="county"))
    topics = [Topic.objects.create(slug=f"topic-{n}", name=f"主题{n}", sort_order=n) for n in range(TOPICS)]
    waiting, answered = dispatched(district), published(district)
    with transaction.atomic():
        refresh_listing(str(waiting.pk))
        refresh_listing(str(answered.pk))
    return SimpleNamespace(
        district=district,
        topics=topics,
        waiting=waiting,
        answered=answered,
        waiting_row=Listing.objects.get(pk=waiting.pk),
        answered_row=Listing.objects.get(pk=answered.pk),
        now=at(3, 20, 10),
        month=at(1, 1).at.date(),
    )


def fill(city: SimpleNamespace, open_rows: int, published_rows: int, *, start: int = 0) -> None:
    """Add open questions asked over twenty days, and published answers of ten years, spread over offices and topics."""
    from benchmarks.filling import analyze, constant, later, made_id, month_of, multiply, one_of

    unit = "(SELECT id FROM portal_accounts_office WHERE code = 'unit-' || ((i * 7) %% 300))"
    # One busy office among many: a twentieth of everything.
    office = f"CASE WHEN i %% 20 = 0 THEN {constant(city.district.schools.pk)} ELSE {unit} END"
    topic = one_of([topic.pk for topic in city.topics], "i / 20")
    title = (
        "CASE WHEN i %% 9 = 0 THEN '居住证积分如何办理入学' WHEN i %% 20011 = 0 THEN '第一百零七号楼的电梯停了' "
        "ELSE '路灯不亮、井盖缺失，何时维修：' || i END"
    )
    same = {"office_id": office, "topic_id": topic}

    day = f"({-86400} * ((i * 13) %% 20) + 1296000)"  # the first was asked on Monday; these from 5 days before to 15 after
    second = f"({day} + (i * 7919) %% 36000)"
    states = ["awaiting_acceptance"] * 8 + ["accepted"] * 4 + ["drafting"] * 4 + [
        "submitted", "screening", "refusal_review", "transferred", "return_requested", "review", "waiting_asker",
    ]  # fmt: skip
    state = one_of(states, "i")
    waits = f"({state}) = 'waiting_asker'"
    new = f"({state}) IN ('submitted', 'screening', 'refusal_review', 'awaiting_acceptance', 'transferred')"
    multiply(
        city.waiting,
        open_rows,
        start=start,
        id=made_id("'open ' || i"),
        form_token=made_id("'form ' || i"),
        number="'B' || substr(CAST(100000000 + i AS text), 2)",
        tracking_hash="MD5('open ' || i)",
        title=title,
        public_title=title,
        state=state,
        submitted_at=later("submitted_at", second),
        accept_due=later("accept_due", second),
        reply_due=later("reply_due", day),
        nearest_due=f"CASE WHEN {new} THEN {later('accept_due', second)} ELSE {later('reply_due', day)} END",
        accepted_at=f"CASE WHEN {new} THEN NULL ELSE {later('submitted_at', second)} END",
        paused_at=f"CASE WHEN {waits} THEN {later('submitted_at', second)} END",
        **same,
    )
    multiply(
        city.waiting_row,
        open_rows,
        start=start,
        question_id=made_id("'open ' || i"),
        number="'B' || substr(CAST(100000000 + i AS text), 2)",
        title=title,
        state=state,
        submitted_at=later("submitted_at", second),
        accept_due=later("accept_due", second),
        reply_due=later("reply_due", day),
        sorted_at=later("submitted_at", second),
        **same,
    )
    past = "(-((i * 104729) %% 315360000))"  # ten years
    multiply(
        city.answered,
        published_rows,
        start=start,
        id=made_id("'done ' || i"),
        form_token=made_id("'sent ' || i"),
        number="'A' || substr(CAST(100000000 + i AS text), 2)",
        tracking_hash="MD5('done ' || i)",
        title=title,
        public_title=title,
        state=constant("closed"),
        publication=constant("published"),
        submitted_at=later("submitted_at", past),
        accept_due=later("accept_due", past),
        reply_due=later("reply_due", past),
        accepted_at=later("accepted_at", past),
        answered_at=later("answered_at", past),
        ended_at=later("answered_at", past),
        **same,
    )
    multiply(
        city.answered_row,
        published_rows,
        start=start,
        question_id=made_id("'done ' || i"),
        number="'A' || substr(CAST(100000000 + i AS text), 2)",
        title=title,
        state=constant("closed"),
        is_answered=constant(True),
        submitted_at=later("submitted_at", past),
        answered_at=later("answered_at", past),
        sorted_at=later("answered_at", past),
        month=month_of("answered_at", past),
        page_url="'/answers/2026/03/a' || i || '/'",
        **same,
    )
    analyze()


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [200_000, 1_200_000][len(given) :]))
