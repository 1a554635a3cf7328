"""Who may call which address: the written expectation, one line per named route of ours.

The permission matrix test calls every route as every role and compares; a route that is not
listed here fails it. `manage.py demo_manifest` prints the table for outside checks.
"""

from dataclasses import dataclass

VISITOR, RESIDENT = "visitor", "resident"
DISPATCHER, SPOKESPERSON, OFFICER = "dispatcher", "spokesperson", "officer"
LEADER, EDITOR, OFFICE_ADMIN, AUDITOR = "leader", "editor", "office_admin", "auditor"
ADMINISTRATOR = "administrator"

ROLES = (
    VISITOR, RESIDENT, DISPATCHER, SPOKESPERSON, OFFICER, LEADER, EDITOR, OFFICE_ADMIN, AUDITOR, ADMINISTRATOR,
)  # fmt: skip

ANYONE = frozenset(ROLES)
SIGNED_IN = ANYONE - {VISITOR}
STAFF = SIGNED_IN - {RESIDENT}
DESK = STAFF - {ADMINISTRATOR}
OFFICE = frozenset({SPOKESPERSON, OFFICER})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Route:
    """What is expected of one named route.

    own: who may call it for an object that is theirs (asked by them, held by their office, or
    below it). other: who may for somebody else's object. A route without object uses `own` only.
    methods: those it answers; another one is refused with 405.
    """

    name: str
    methods: tuple[str, ...]
    own: frozenset[str]
    other: frozenset[str] = NOBODY


GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

# The question that is "own" for staff is held by their office; for the centre everything is.
CASE_READERS = frozenset({DISPATCHER, SPOKESPERSON, OFFICER, LEADER, AUDITOR})

ROUTES = (
    # --- Asking: a draft belongs to the session or account that began it -----------------------
    Route("answers:ask", GET, ANYONE),
    Route("answers:ask_start", POST, ANYONE),
    Route("answers:ask_page", BOTH, ANYONE),
    Route("answers:ask_files", BOTH, ANYONE),
    Route("answers:ask_remove_file", POST, ANYONE),
    Route("answers:ask_code", BOTH, ANYONE),
    Route("answers:ask_resend", POST, ANYONE),
    Route("answers:ask_check", BOTH, ANYONE),
    Route("answers:ask_challenge", GET, ANYONE),
    Route("answers:ask_done", GET, ANYONE),
    # --- Tracking ----------------------------------------------------------------------------
    Route("answers:track", BOTH, ANYONE),
    Route("answers:lost", BOTH, ANYONE),
    Route("answers:lost_code", BOTH, ANYONE),
    Route("answers:lost_done", GET, ANYONE),
    Route("answers:case", GET, frozenset({RESIDENT})),
    Route("answers:why", GET, frozenset({RESIDENT}) | CASE_READERS, frozenset({DISPATCHER, LEADER, AUDITOR})),
    Route("answers:rate", POST, frozenset({RESIDENT})),
    Route("answers:withdraw", BOTH, frozenset({RESIDENT})),
    Route("answers:mine", GET, SIGNED_IN),
    # --- Reading -----------------------------------------------------------------------------
    Route("answers:list", GET, ANYONE),
    Route("answers:feed", GET, ANYONE),
    Route("answers:page", GET, ANYONE),
    Route("files:download", GET, frozenset({RESIDENT}) | CASE_READERS, frozenset({DISPATCHER, LEADER, AUDITOR})),
    Route("live:poll", GET, ANYONE),
    Route("ui_display", BOTH, ANYONE),
    Route("ui_style_guide", GET, ANYONE),
    # --- One's own account ---------------------------------------------------------------------
    Route("accounts:account", BOTH, SIGNED_IN),
    Route("accounts:invitation", BOTH, ANYONE),
    # --- The desk ----------------------------------------------------------------------------
    Route("answers_desk:queue", GET, DESK),
    Route("answers_desk:rows", GET, DESK),
    Route("answers_desk:bulk_dispatch", POST, DESK),
    Route("answers_desk:case", GET, CASE_READERS, frozenset({DISPATCHER, LEADER, AUDITOR})),
    Route("answers_desk:note", POST, CASE_READERS, frozenset({DISPATCHER, LEADER, AUDITOR})),
    Route("answers_desk:step", POST, CASE_READERS, frozenset({DISPATCHER, LEADER, AUDITOR})),
)
