"""The working calendar is public throughout; see `portal.kernel.personal`."""

from portal.kernel.personal import classify, public

classify(
    "portal_workdays.CalendarVersion",
    public("layer year number status announced source source_en document_number announced_on address loaded_at"),
)
classify("portal_workdays.CalendarDay", public("version date kind name name_en"))
classify("portal_workdays.CalendarEdition", public("number key"))
