"""Drafts that lack nothing but the last button, and answers to read: made inside a deployment's environment.

    python -m benchmarks.crowd.ready DRAFTS ANSWERS OFFICES   prints one JSON object a line

Everything goes through the product's own forms and actions; only a contact is taken as proven, and the
proof of work is set so easy that one machine can do ten thousand: the server checks it all the same.
"""

import json
import sys
from collections.abc import Iterator

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from benchmarks.week.city import City, make_city  # noqa: E402
from portal.answers.actions import asking, handling, publication, replying, screening  # noqa: E402
from portal.answers.actions.answer_page import make_page  # noqa: E402
from portal.answers.actions.listing import refresh_listing  # noqa: E402
from portal.answers.forms.challenge import new_challenge  # noqa: E402
from portal.answers.forms.journey import read_page  # noqa: E402
from portal.answers.models import AskDraft, ContactCheck, Listing, Topic  # noqa: E402
from portal.answers.presenting import public_address  # noqa: E402
from portal.answers.rules.proof_of_work import solve  # noqa: E402
from portal.answers.views.ask_drafts import DRAFTS  # noqa: E402
from portal.journal.realtime import real_now  # noqa: E402
from portal.kernel import clock as clocks  # noqa: E402
from portal.kernel import vault  # noqa: E402

BATCH = 500
CONTACT = "asker@example.com"
EASY = 2  # zero bits; what costs the asker a second costs us a moment
PAGES = {
    "question": {"title": "路灯不亮", "text": "东门外的路灯一个星期不亮了，" * 8 + "请问何时维修？"},
    "place": {"place": "东门外"},
    "contact": {"nickname": "王女士", "contact": CONTACT},
    "consent": {"consents": "yes"},
}


def main(drafts: int, answers: int, offices: int) -> None:
    """Print the ready drafts, then the addresses of the answers."""
    city = make_city(offices)
    typed = pages_of(city)
    with override_settings(ANSWERS_PROOF_BITS=EASY):
        for start in range(0, drafts, BATCH):
            for one in ready(typed, min(BATCH, drafts - start)):
                print(json.dumps(one))
    for number in range(answers):
        print(json.dumps({"address": publish(city, number)}))


def pages_of(city: City) -> dict[str, object]:
    """Return what a draft keeps of all its pages, read by their forms."""
    kept: dict[str, object] = {}
    for page, sent in {
        "topic": {"topic": str(city.topics[0].pk)},
        "office": {"office": str(city.offices[0].pk)},
        **PAGES,
    }.items():
        form, keep = read_page(page, sent)
        assert form.is_valid(), (page, form.errors)
        kept |= keep
    return kept


def ready(typed: dict[str, object], count: int) -> Iterator[dict[str, object]]:
    """Make drafts, each in a session of its own with a proven contact; yield what a browser would know."""
    now = real_now()
    drafts = []
    for _ in range(count):
        draft = AskDraft(created_at=now)
        draft.answers = typed
        drafts.append(draft)
    index = vault.installed().blind_index(CONTACT)
    checks = [
        ContactCheck(draft=draft, contact_index=index, code_hash="-", expires_at=now, verified_at=now)
        for draft in drafts
    ]
    store = SessionStore()
    expires = now + settings.STAFF_SESSION_MAX
    sessions = [
        Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode({DRAFTS: [str(draft.pk)]}),
            expire_date=expires,
        )
        for draft in drafts
    ]
    with transaction.atomic():
        AskDraft.objects.bulk_create(drafts)
        ContactCheck.objects.bulk_create(checks)
        Session.objects.bulk_create(sessions)
    for draft, session in zip(drafts, sessions, strict=True):
        task = new_challenge(draft.pk)
        nonce = solve(str(task["salt"]), EASY)
        token = get_random_string(32)
        yield {
            "draft": str(draft.pk),
            "cookies": {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: token},
            "form": {
                "csrfmiddlewaretoken": token,
                "proof": f"{task['salt']}:{EASY}:{task['signature']}:{nonce}",
                "website": "",
            },
        }


def publish(city: City, number: int) -> str:
    """Ask, answer and publish one question; return the address of its page."""
    clock, office = clocks.installed(), city.offices[number % len(city.offices)]
    topic: Topic = city.topics[number % len(city.topics)]
    speaks, drafts = city.spokespersons[str(office.pk)], city.officers[str(office.pk)]
    by = city.residents[number % len(city.residents)]
    draft = asking.start_draft(by=by)
    asking.keep_answers(
        draft.pk, {"topic": topic.pk, "title": "路灯不亮", "text": PAGES["question"]["text"], "consents": True}
    )
    question, _code = asking.submit(draft.pk, by=by, clock=clock, language="zh-hans", contact_needed=False)
    pk = question.pk
    screening.dispatch(pk, office_id=office.pk, public_title="路灯不亮", by=city.dispatcher, clock=clock)
    handling.accept(pk, by=speaks, clock=clock)
    replying.save_draft(pk, text="三日内修好。", by=drafts, clock=clock)
    replying.submit_for_review(pk, by=drafts, clock=clock)
    replying.release(pk, by=speaks, clock=clock)
    publication.publish(
        pk, title="路灯不亮", question_text="请问何时维修？", answer_text="三日内修好。", by=city.editor, clock=clock
    )
    with transaction.atomic():
        make_page(str(pk), clock.now())
        refresh_listing(str(pk))
    return public_address(Listing.objects.select_related("office").get(pk=pk))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
