"""Addresses of the desk for everybody: ask, track, read. Mounted at the root, in both languages."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from portal.answers.feeds import AnswersFeed
from portal.answers.views import (
    ask,
    ask_contact,
    ask_files,
    ask_similar,
    calendar,
    emergencies,
    erasing,
    evidence,
    lost_code,
    notice_settings,
    own_data,
    performance,
    public,
    track,
)
from portal.ui.caching import public_page

app_name = "answers"

urlpatterns = [
    path("ask/", ask.start_page, name="ask"),
    path("ask/start/", ask.start, name="ask_start"),
    path("ask/settled/", ask_similar.dropped, name="ask_dropped"),
    path("ask/<uuid:draft_id>/files/", ask_files.files_page, name="ask_files"),
    path("ask/<uuid:draft_id>/files/<uuid:upload_id>/remove/", ask_files.remove_file, name="ask_remove_file"),
    path("ask/<uuid:draft_id>/contact/code/", ask_contact.code_page, name="ask_code"),
    path("ask/<uuid:draft_id>/contact/code/resend/", ask_contact.resend, name="ask_resend"),
    path("ask/<uuid:draft_id>/check/", ask.check, name="ask_check"),
    path("ask/<uuid:draft_id>/challenge/", ask.challenge, name="ask_challenge"),
    path("ask/<uuid:draft_id>/done/", ask.done, name="ask_done"),
    path("ask/<uuid:draft_id>/similar/", ask_similar.similar, name="ask_similar"),
    path("ask/<uuid:draft_id>/settled/", ask_similar.settled, name="ask_settled"),
    path("ask/<uuid:draft_id>/<slug:page>/", ask.page, name="ask_page"),
    path("track/", track.track, name="track"),
    path("track/lost/", lost_code.lost, name="lost"),
    path("track/lost/code/", lost_code.lost_code, name="lost_code"),
    path("track/lost/done/", lost_code.lost_done, name="lost_done"),
    path("q/<uuid:question_id>/", track.case, name="case"),
    path("q/<uuid:question_id>/why/", track.why_this_date, name="why"),
    path("q/<uuid:question_id>/rate/", track.rate_answer, name="rate"),
    path("q/<uuid:question_id>/supply/", track.supply_answer, name="supply"),
    path("q/<uuid:question_id>/reopen/", track.ask_reopening, name="reopen"),
    path("q/<uuid:question_id>/withdraw/", track.withdraw_question, name="withdraw"),
    path("q/<uuid:question_id>/notices/", notice_settings.notice_settings, name="notice_settings"),
    path("q/<uuid:question_id>/export/", own_data.export, name="export"),
    path("q/<uuid:question_id>/erase/", erasing.erase, name="erase"),
    path("track/erased/", erasing.erased, name="erased"),
    path("my/questions/", track.my_questions, name="mine"),
    path("answers/", public.answers_list, name="list"),
    path("answers/feed/", require_safe(public_page()(AnswersFeed())), name="feed"),
    path("statements/", emergencies.statements, name="statements"),
    path("performance/", performance.performance_page, name="performance"),
    path("performance/how-we-count/", performance.how_we_count, name="how_we_count"),
    path("performance/call-backs/", evidence.call_draws, name="call_draws"),
    path("performance.csv", performance.performance_csv, name="performance_csv"),
    path("performance.json", performance.performance_json, name="performance_json"),
    path("open/verify/", evidence.verify_page, name="verify"),
    path("open/calendar/", calendar.calendar_page, name="calendar"),
    path("open/calendar/<int:year>/", calendar.calendar_page, name="calendar_year"),
    path("open/calendar.ics", calendar.calendar_ics, name="calendar_ics"),
    path("open/calendar.json", evidence.calendar_json, name="calendar_json"),
    path("open/questions.jsonl", evidence.questions_jsonl, name="questions_jsonl"),
    re_path(
        r"^open/call-backs/(?P<begins>[0-9]{4}-[0-9]{2}-[0-9]{2})\.json$", evidence.call_draw_json, name="call_draw"
    ),
    re_path(
        r"^answers/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<slug>[-\w]+)/events\.json$",
        evidence.events,
        name="events_json",
    ),
    re_path(r"^answers/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<slug>[-\w]+)/$", public.answer_page, name="page"),
]
