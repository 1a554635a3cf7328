"""The working calendar is public; who has proposed and confirmed it is the house's own. See `portal.kernel.personal`."""

from portal.kernel.personal import classify, internal, public

classify(
    "portal_workdays.CalendarVersion",
    public("layer year number status announced source source_en document_number announced_on address text loaded_at")
    | internal("replaces proposed_by proposed_at decided_by decided_at reason"),
)
classify("portal_workdays.CalendarDay", public("version date kind name name_en named_by"))
classify("portal_workdays.CalendarEdition", public("number key"))
classify("portal_workdays.YearAlarm", internal("year urgent raised_at"))
