"""What it costs to submit a question, beside a bare insert of one row of the same table.

Run: python -m benchmarks.submission   (DATABASE_URL=postgres://… for PostgreSQL)
"""

from benchmarks.throwaway import cpu_ms, database, statements

TIMES = 200


def main() -> None:
    """Print SQL statements and CPU of a submission, and the ratio to a bare insert."""
    from uuid import uuid4

    from django.db import connection, transaction

    from portal.answers.actions import asking
    from portal.answers.models import Question
    from portal.kernel.actors import ANONYMOUS
    from tests.factories.answers import AT_MONDAY, ask, make_district, make_topic

    with database():
        district = make_district()
        first = ask(district)
        drafts = []
        for _ in range(TIMES + 5):
            draft = asking.start_draft(by=ANONYMOUS)
            asking.keep_answers(
                draft.pk,
                {"topic": make_topic().pk, "office": str(district.schools.pk), "title": "问", "text": "问" * 200},
            )
            drafts.append(draft.pk)

        def submit() -> None:
            asking.submit(drafts.pop(), by=ANONYMOUS, clock=AT_MONDAY, language="zh-hans", contact_needed=False)

        def bare() -> None:
            with transaction.atomic():
                token = uuid4()
                copy = Question.objects.get(pk=first.pk)
                copy.pk, copy.form_token, copy.number = uuid4(), token, token.hex[:20]
                copy.tracking_hash = token.hex
                copy.save(force_insert=True)

        submit()
        print(f"database            {connection.vendor}")
        print(f"submission          {statements(submit)} SQL statements")
        ours, baseline = cpu_ms(submit, TIMES), cpu_ms(bare, TIMES)
        print(f"submission          {ours:.2f} ms CPU")
        print(f"read + bare insert  {baseline:.2f} ms CPU")
        print(f"ratio               {ours / baseline:.1f}")


if __name__ == "__main__":
    main()
