"""Addresses of the staff's pages below /admin/desk/."""

from django.urls import path

from portal.answers.views import (
    desk,
    duty,
    emergencies,
    entering,
    erasing,
    filters,
    passages,
    queue,
    queue_export,
    resending,
    revealing,
)

app_name = "answers_desk"

urlpatterns = [
    path("", queue.queue_page, name="queue"),
    path("rows/", queue.queue_rows, name="rows"),
    path("filters/", filters.filter_list, name="filters"),
    path("filters/keep/", filters.keep, name="keep_filter"),
    path("filters/<int:filter_id>/", filters.change, name="change_filter"),
    path("filters/<int:filter_id>/remove/", filters.remove, name="remove_filter"),
    path("emergencies/", emergencies.emergency_list, name="emergencies"),
    path("emergencies/open/", emergencies.open_emergency, name="open_emergency"),
    path("emergencies/<uuid:emergency_id>/", emergencies.emergency_case, name="emergency"),
    path("emergencies/<uuid:emergency_id>/<str:step>/", emergencies.emergency_step, name="emergency_step"),
    path("rota/", duty.rota_home, name="rota_home"),
    path("rota/<uuid:office_id>/", duty.rota_page, name="rota"),
    path("rota/<uuid:office_id>/add/", duty.add_duty, name="add_duty"),
    path("rota/<uuid:office_id>/<int:duty_id>/remove/", duty.remove_duty, name="remove_duty"),
    path("enter/", entering.enter_page, name="enter"),
    path("enter/<uuid:draft_id>/", entering.entered, name="entered"),
    path("enter/<uuid:draft_id>/slip/", entering.slip, name="slip"),
    path("passages/", passages.passages_home, name="passages_home"),
    path("passages/<uuid:office_id>/", passages.passages_page, name="passages"),
    path("passages/<uuid:office_id>/<int:passage_id>/", passages.passage_page, name="passage"),
    path("passages/<uuid:office_id>/<int:passage_id>/remove/", passages.remove, name="remove_passage"),
    path("export/", queue_export.export, name="export"),
    path("dispatch/", queue.bulk_dispatch, name="bulk_dispatch"),
    path("dispatch/<uuid:batch_id>/undo/", queue.undo_dispatch, name="undo_dispatch"),
    path("<uuid:question_id>/", desk.case_page, name="case"),
    path("<uuid:question_id>/note/", desk.write_note, name="note"),
    path("<uuid:question_id>/passage/", passages.insert, name="insert_passage"),
    path("<uuid:question_id>/passage/<int:passage_id>/", passages.passage_text, name="passage_text"),
    path("<uuid:question_id>/contact/", revealing.reveal, name="reveal"),
    path("<uuid:question_id>/notices/<int:notice_id>/", resending.resend, name="resend"),
    path("<uuid:question_id>/erasure/", erasing.propose, name="propose_erasure"),
    path("<uuid:question_id>/erasure/decide/", erasing.decide, name="decide_erasure"),
    path("<uuid:question_id>/<str:step>/", desk.take_step, name="step"),
]
