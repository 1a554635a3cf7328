"""What the tables of people and offices hold, and why: see `portal.kernel.personal`."""

from portal.kernel.personal import PERSONAL, SENSITIVE, Subject, classify, internal, public

_SIGN_IN = "to sign in and be reached"
_ACCOUNT = "until the account is deleted"

classify(
    "portal_accounts.User",
    {"email": PERSONAL, "phone_sealed": SENSITIVE, "phone_index": SENSITIVE, "phone_verified": PERSONAL},
    subject=Subject.HOLDER,
    why=_SIGN_IN,
    until=_ACCOUNT,
)
classify(
    "portal_accounts.User",
    {"name": PERSONAL, "residency": PERSONAL, "date_joined": PERSONAL, "last_login": PERSONAL},
    subject=Subject.HOLDER,
    why="to address the person and to offer what fits them",
    until=_ACCOUNT,
)
classify("portal_accounts.User", internal("id password is_superuser is_active"))
classify(
    "portal_accounts.Device",
    dict.fromkeys(("key_index", "browser", "system", "first_seen_at", "signed_in_at", "seen_at"), PERSONAL),
    subject=Subject.HOLDER,
    why="to show the person where they are signed in, and to tell staff of a new device",
    until="half a year after its last use, or with the account",
)
classify("portal_accounts.Device", internal("id user session_key"))
# allauth's; listed because a person's data lie there, too.
classify("account.EmailAddress", {"email": PERSONAL}, subject=Subject.HOLDER, why=_SIGN_IN, until=_ACCOUNT)

classify(
    "portal_accounts.Office",
    public(
        "id code name name_en level phone address address_en hours hours_en remit remit_en is_centre "
        "takes_questions fallback is_active"
    )
    | internal("path depth numchild answers_need_review refusals_need_review"),
)
classify("portal_accounts.Appointment", internal("id user stand_in office role started_at ended_at"))
classify(
    "portal_accounts.Invitation",
    {"email": PERSONAL},
    subject=Subject.STAFF,
    why="to send the invitation and to know whom it was for",
    until="with the office's file",
)
classify(
    "portal_accounts.Invitation",
    internal("id office role invited_by invited_at expires_at accepted_at accepted_by withdrawn_at"),
)
classify("portal_accounts.LimitWindow", internal("bucket count ends_at"))
