"""Addresses of the staff's pages below /admin/desk/."""

from django.urls import path

from portal.answers.views import desk, duty, emergencies, erasing, queue, queue_export, revealing

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
    path("export/", queue_export.export, name="export"),
    path("dispatch/", queue.bulk_dispatch, name="bulk_dispatch"),
    path("<uuid:question_id>/", desk.case_page, name="case"),
    path("<uuid:question_id>/note/", desk.write_note, name="note"),
    path("<uuid:question_id>/contact/", revealing.reveal, name="reveal"),
    path("<uuid:question_id>/erasure/", erasing.propose, name="propose_erasure"),
    path("<uuid:question_id>/erasure/decide/", erasing.decide, name="decide_erasure"),
    path("<uuid:question_id>/<str:step>/", desk.take_step, name="step"),
]
