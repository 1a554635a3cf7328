"""Many at once, over real connections: one effect."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from portal.answers.actions import asking, handling
from portal.answers.models import Leg, Question
from portal.journal.models import EventRecord
from portal.kernel.actors import ANONYMOUS
from portal.kernel.machine import IllegalStep
from tests.factories.answers import AT_MONDAY, dispatched, make_district, make_topic

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

MANY = 50


def at_once(act):
    """Run `act` fifty times from ten threads; return what each gave or raised."""

    def once(_number):
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=10) as pool:
        return list(pool.map(once, range(MANY)))


def test_fifty_parallel_acceptances_are_one_event():
    district = make_district()
    question = dispatched(district)

    results = at_once(lambda: handling.accept(question.pk, by=district.spokesperson, clock=AT_MONDAY))

    assert sum(isinstance(result, Question) for result in results) == 1
    assert sum(isinstance(result, IllegalStep) for result in results) == MANY - 1
    assert EventRecord.objects.filter(aggregate=question.ref, name="answers.question_accepted").count() == 1


def test_fifty_submissions_of_one_form_are_one_question():
    district = make_district()
    draft = asking.start_draft(by=ANONYMOUS)
    asking.keep_answers(
        draft.pk, {"topic": make_topic().pk, "office": str(district.schools.pk), "title": "问", "text": "问"}
    )

    results = at_once(
        lambda: asking.submit(draft.pk, by=ANONYMOUS, clock=AT_MONDAY, language="zh-hans", contact_needed=False)
    )

    assert len({(question.pk, code) for question, code in results}) == 1
    assert Question.objects.count() == Leg.objects.count() == 1
    assert EventRecord.objects.count() == 1
