"""What the journal's tables hold: ids, codes, instants and keyed commitments. See `portal.kernel.personal`."""

from portal.kernel.personal import PERSONAL, Subject, classify, internal

classify(
    "portal_journal.EventRecord",
    {"actor": PERSONAL},
    subject=Subject.HOLDER,
    why="to know who did what; an id, never a name",
    until="for good: the chain would break, and without the account the id says nothing",
)
classify(
    "portal_journal.EventRecord",
    internal("position aggregate seq name actor_key occurred_at recorded_at payload previous_hash hash"),
)
classify("portal_journal.JournalHead", internal("id position"))
classify("portal_journal.Bookmark", internal("reader position"))
classify(
    "portal_journal.HandlerRun",
    internal("event handler status attempts due_at leased_until finished_at error"),
)
classify("portal_journal.ProcessLease", internal("name holder until"))
classify("portal_journal.Heartbeat", internal("process at"))
