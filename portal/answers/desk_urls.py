"""Addresses of the staff's pages below /admin/desk/."""

from django.urls import path

from portal.answers.views import (
    assessment,
    calling,
    desk,
    duty,
    emergencies,
    entering,
    erasing,
    queue,
    queue_export,
    resending,
    revealing,
    reviewing,
)

app_name = "answers_desk"

urlpatterns = [
    path("", queue.queue_page, name="queue"),
    path("rows/", queue.queue_rows, name="rows"),
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
    path("calls/", calling.call_list, name="calls"),
    path("calls/<uuid:call_id>/", calling.call_page, name="call"),
    path("calls/<uuid:call_id>/number/", calling.show_number, name="call_number"),
    path("calls/<uuid:call_id>/result/", calling.record, name="call_result"),
    path("assessment/", assessment.assessment, name="assessment"),
    path("exclusions/", reviewing.exclusion_list, name="exclusions"),
    path("exclusions/uphold/", reviewing.uphold_several, name="uphold_several"),
    path("export/", queue_export.export, name="export"),
    path("dispatch/", queue.bulk_dispatch, name="bulk_dispatch"),
    path("<uuid:question_id>/", desk.case_page, name="case"),
    path("<uuid:question_id>/exclusion/", reviewing.review, name="review_exclusion"),
    path("<uuid:question_id>/note/", desk.write_note, name="note"),
    path("<uuid:question_id>/contact/", revealing.reveal, name="reveal"),
    path("<uuid:question_id>/notices/<int:notice_id>/", resending.resend, name="resend"),
    path("<uuid:question_id>/erasure/", erasing.propose, name="propose_erasure"),
    path("<uuid:question_id>/erasure/decide/", erasing.decide, name="decide_erasure"),
    path("<uuid:question_id>/<str:step>/", desk.take_step, name="step"),
]
