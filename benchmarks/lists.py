"""The staff's queue and the public list at 1, 3 and 200,000 rows: statements and time per page.

Run: python -m benchmarks.lists [ROWS]   (DATABASE_URL=postgres://… for PostgreSQL)
"""

import sys
from datetime import timedelta
from uuid import uuid4

from benchmarks.throwaway import database, statements, wall_ms

TIMES = 20
BATCH = 5000


def main(rows: int) -> None:
    """Print a table: page, rows, SQL statements, median and p95 in milliseconds."""
    from django.db import connection, transaction
    from django.test import Client

    from portal.accounts.models import User
    from portal.answers.handlers import refresh_listing
    from tests.factories.answers import dispatched, make_district

    with database():
        district = make_district()
        staff, visitor = Client(), Client()
        staff.force_login(User.objects.get(pk=district.dispatcher.id))
        first = dispatched(district)
        with transaction.atomic():
            refresh_listing(str(first.pk))
        pages = {
            "queue": lambda: staff.get("/admin/desk/"),
            "queue, one office": lambda: staff.get(f"/admin/desk/?office={district.schools.pk}"),
            "public list, waiting": lambda: visitor.get("/answers/?tab=waiting"),
            "public list, answered": lambda: visitor.get("/answers/"),
            "public list, last page": lambda: visitor.get("/answers/?page=100"),
        }
        print(f"{connection.vendor}\n{'page':<24}{'rows':>9}{'SQL':>6}{'median ms':>11}{'p95 ms':>9}")
        for count in (1, 3, rows):
            fill(count, first)
            for name, get in pages.items():
                get()
                found = statements(get)
                middle, high = wall_ms(get, TIMES)
                print(f"{name:<24}{count:>9}{found:>6}{middle:>11.1f}{high:>9.1f}")


def fill(count, first) -> None:
    """Copy the first question, its leg and its public row until there are `count`."""
    from django.db import connection

    from portal.answers.models import Leg, Listing, Question

    listing = Listing.objects.get(pk=first.pk)
    leg = first.legs.get(ended_at=None)
    have = Question.objects.count()
    while have < count:
        questions, legs, listings = [], [], []
        for number in range(have, min(count, have + BATCH)):
            copy = Question.objects.get(pk=first.pk) if number == have else _copy(questions[0])
            copy.pk, copy.form_token = uuid4(), uuid4()
            copy.number, copy.tracking_hash = f"B{number:09d}", uuid4().hex
            shift = timedelta(seconds=number)
            for name in ("submitted_at", "accept_due", "reply_due", "nearest_due"):
                setattr(copy, name, getattr(first, name) + shift)
            questions.append(copy)
            legs.append(_copy(leg, id=uuid4(), question=copy))
            row = _copy(listing, question=copy, number=copy.number, sorted_at=copy.submitted_at)
            if number % 2:  # every other one is answered; the list reads this row and nothing else
                row.is_answered, row.answered_at = True, copy.submitted_at
                row.month = copy.submitted_at.date().replace(day=1)
                row.page_url = f"/answers/2026/03/{copy.number.lower()}/"
            listings.append(row)
        Question.objects.bulk_create(questions)
        Leg.objects.bulk_create(legs)
        Listing.objects.bulk_create(listings)
        have += len(questions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(row, **changes):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    copy = type(row)(**fields)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
