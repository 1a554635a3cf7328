"""What the tables of notices hold, and why: see `portal.kernel.personal`."""

from portal.kernel.personal import PERSONAL, Subject, classify, internal

classify(
    "portal_notifications.Notice",
    {"recipient": PERSONAL, "read_at": PERSONAL},
    subject=Subject.HOLDER,
    why="to tell the person once, and to show that they were told",
    until="with the matter it tells of; holds a reference, never an address",
)
classify(
    "portal_notifications.Notice",
    internal(
        "position channel kind ref params language status attempts held_until in_digest carrier due_at leased_until "
        "sent_at delivered_at message_id error created_at"
    ),
)
classify(
    "portal_notifications.Preference",
    {
        "recipient": PERSONAL,
        "switched_off": PERSONAL,
        "rhythm": PERSONAL,
        "hour": PERSONAL,
        "weekday": PERSONAL,
        "quiet": PERSONAL,
        "quiet_from": PERSONAL,
        "quiet_until": PERSONAL,
    },
    subject=Subject.HOLDER,
    why="to tell the person what they want to hear, and when",
    until="with the account, or with what was told in the question",
)
