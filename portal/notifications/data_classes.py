"""What the table of notices holds, and why: see `portal.kernel.personal`."""

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
        "position channel kind ref params language status attempts due_at leased_until sent_at message_id error "
        "created_at"
    ),
)
