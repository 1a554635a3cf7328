"""What checking the journal costs, beside hashing the same rows with nothing around it.

Run: python -m benchmarks.journal_verify [EVENTS]   (DATABASE_URL=postgres://… for PostgreSQL)
"""

import hashlib
import sys

from benchmarks.throwaway import cpu_ms, database

TIMES = 3


def main(count: int) -> None:
    """Print events per second of CPU for the check, and its ratio to bare hashing."""
    from django.db import connection, transaction

    from portal.journal.models import EventRecord
    from portal.journal.publishing import publish
    from portal.journal.verification import faults
    from tests.portal.journal.things import NOW, TESTER, Painted

    with database():
        for start in range(0, count, 1000):
            with transaction.atomic():
                for door in range(start, min(count, start + 1000), 10):
                    publish(*(Painted() for _ in range(10)), about=f"tests.door:{door}", by=TESTER, at=NOW)
        rows = [str(values).encode() for values in EventRecord.objects.values_list()]
        bare = cpu_ms(lambda: [hashlib.sha256(row).hexdigest() for row in rows], TIMES)
        check = cpu_ms(lambda: list(faults()), TIMES)
        print(f"{connection.vendor}, {len(rows)} events")
        print(f"{'bare SHA-256':<16}{len(rows) / bare * 1000:>12.0f} events/s  1.0 x")
        print(f"{'journal_verify':<16}{len(rows) / check * 1000:>12.0f} events/s  {check / bare:.1f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
