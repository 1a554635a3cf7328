"""What the table of uploads holds, and why: see `portal.kernel.personal`."""

from portal.kernel.personal import PERSONAL, SENSITIVE, Subject, classify, internal

classify(
    "portal_files.Upload",
    {"name_sealed": SENSITIVE, "sha256": PERSONAL},
    subject=Subject.ASKER,
    why="to judge the matter by what the asker has attached",
    until="a day as part of a draft, then as long as the question's text",
)
classify(
    "portal_files.Upload",
    internal("id state path ref draft_key slot expires_at content_type size is_public uploaded_at"),
)
