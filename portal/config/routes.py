"""Who may call which address: the written expectation, one line per route of ours.

The permission matrix (tests/portal/config/test_permission_matrix.py) calls every route as every
role and compares; a route without a line fails it, and so does a line without a route. What the
libraries bring is judged by the beginning of its name. `manage.py demo_manifest` prints all of it
for outside checks. Nothing decides by this table: the rules are each app's `permissions.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

VISITOR, RESIDENT = "visitor", "resident"
DISPATCHER, SPOKESPERSON, OFFICER = "dispatcher", "spokesperson", "officer"
LEADER, EDITOR, REVIEWER, OFFICE_ADMIN, AUDITOR = "leader", "editor", "reviewer", "office_admin", "auditor"
ADMINISTRATOR = "administrator"

ROLES = (
    VISITOR, RESIDENT, DISPATCHER, SPOKESPERSON, OFFICER, LEADER, EDITOR, REVIEWER, OFFICE_ADMIN, AUDITOR,
    ADMINISTRATOR,
)  # fmt: skip

ANYONE = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()
SIGNED_IN = ANYONE - {VISITOR}
STAFF = SIGNED_IN - {RESIDENT}
# The administrator runs the installation, a reviewer releases pages; questions are not theirs to read.
DESK = STAFF - {ADMINISTRATOR, OFFICE_ADMIN, REVIEWER}
# By account, or by the tracking code that the session has shown.
ASKER = frozenset({VISITOR, RESIDENT})
CASE_WORKERS = frozenset({DISPATCHER, SPOKESPERSON, OFFICER, LEADER, AUDITOR})
# An editor sees a question once its asker's consent and the released answer make it his.
CASE_READERS = CASE_WORKERS | {EDITOR}
ONLY_DISPATCHER, ONLY_SPOKESPERSON, ONLY_LEADER, ONLY_EDITOR = (
    frozenset({role}) for role in (DISPATCHER, SPOKESPERSON, LEADER, EDITOR)
)  # fmt: skip
CENTRE_APPROVERS = frozenset({DISPATCHER, LEADER})
OFFICE = frozenset({SPOKESPERSON, OFFICER})
LISTENERS = OFFICE | ONLY_DISPATCHER
# For the office that holds the question: its own spokesperson, and leaders above.
ROTA = frozenset({SPOKESPERSON, LEADER})
OFFICE_APPROVERS = frozenset({SPOKESPERSON, LEADER})
OVERSIGHT = frozenset({LEADER, AUDITOR})
OVERSEERS = frozenset({OFFICE_ADMIN, AUDITOR, ADMINISTRATOR})
OFFICE_MANAGERS = frozenset({OFFICE_ADMIN, ADMINISTRATOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
AUDITORS = frozenset({AUDITOR, ADMINISTRATOR})
CALENDAR_PROPOSERS = frozenset({DISPATCHER, ADMINISTRATOR})
CALENDAR_READERS = CALENDAR_PROPOSERS | {AUDITOR}
PAGE_EDITORS = frozenset({EDITOR, REVIEWER, ADMINISTRATOR})

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """What is expected of one route of ours.

    own: who may call it for an object of theirs: begun or asked by them, sent to them, held by
    their office or by one below it. other: who may for any other object. A route without an
    object uses `own` only. Who may never call it gets 403 or 404, a visitor the login or 404; who
    may, but not for this object, gets 404.
    methods: those it answers; HEAD follows GET, any other one is refused with 405.
    part: the step, page or topic that the line is about, where one route serves several.
    unknown: the status for an id that does not exist.
    """

    name: str
    methods: tuple[str, ...]
    own: frozenset[str]
    other: frozenset[str] = NOBODY
    part: str = ""
    unknown: int = 404


@dataclass(frozen=True)
class Library:
    """Who gets anything at all behind the routes of a library whose names begin with `prefix`.

    A route without a name goes by its path. The first line that fits is the one that counts.
    """

    prefix: str
    roles: frozenset[str]


ROUTES = (
    # --- Asking: a draft belongs to the session or account that began it -----------------------
    Route("answers:ask", GET, ANYONE),
    Route("answers:ask_start", POST, ANYONE),
    Route("answers:ask_page", BOTH, ANYONE),
    Route("answers:ask_similar", POST, ANYONE),
    Route("answers:ask_settled", BOTH, ANYONE),
    Route("answers:ask_dropped", GET, ANYONE),
    Route("answers:ask_files", BOTH, ANYONE),
    Route("answers:ask_remove_file", POST, ANYONE),
    Route("answers:ask_code", BOTH, ANYONE),
    Route("answers:ask_resend", POST, ANYONE),
    Route("answers:ask_check", BOTH, ANYONE),
    Route("answers:ask_challenge", GET, ANYONE),
    Route("answers:ask_done", GET, ANYONE),
    # --- Tracking ------------------------------------------------------------------------------
    Route("answers:track", BOTH, ANYONE),
    Route("answers:lost", BOTH, ANYONE),
    Route("answers:lost_code", BOTH, ANYONE),
    Route("answers:lost_done", GET, ANYONE),
    # Staff may see what the asker sees.
    Route("answers:case", GET, ASKER | CASE_READERS),
    # Of a question on the public list anyone may.
    Route("answers:why", GET, ASKER | CASE_READERS),
    Route("answers:rate", POST, ASKER),
    Route("answers:supply", POST, ASKER),
    Route("answers:reopen", POST, ASKER),
    Route("answers:withdraw", BOTH, ASKER),
    Route("answers:notice_settings", BOTH, ASKER),
    Route("answers:export", POST, ASKER),
    Route("answers:erase", BOTH, ASKER),
    Route("answers:erased", GET, ANYONE),
    Route("answers:mine", GET, SIGNED_IN),
    Route("files:download", GET, ASKER | CASE_WORKERS),
    # --- Reading -------------------------------------------------------------------------------
    Route("search:results", GET, ANYONE),
    Route("search:suggestions", GET, ANYONE),
    Route("answers:list", GET, ANYONE),
    Route("answers:feed", GET, ANYONE),
    Route("answers:page", GET, ANYONE, ANYONE),
    Route("answers:verify", GET, ANYONE),
    Route("answers:statements", GET, ANYONE),
    Route("answers:performance", GET, ANYONE),
    Route("answers:how_we_count", GET, ANYONE),
    Route("answers:performance_csv", GET, ANYONE),
    Route("answers:performance_json", GET, ANYONE),
    Route("answers:call_draws", GET, ANYONE),
    Route("answers:call_draw", GET, ANYONE, ANYONE),
    Route("answers:calendar", GET, ANYONE),
    Route("answers:calendar_year", GET, ANYONE, ANYONE),
    Route("answers:calendar_ics", GET, ANYONE),
    Route("answers:calendar_json", GET, ANYONE),
    Route("answers:questions_jsonl", GET, ANYONE),
    Route("answers:events_json", GET, ANYONE, ANYONE),
    Route("pages:guides", GET, ANYONE),
    Route("pages:centres", GET, ANYONE),
    Route("pages:life_events", GET, ANYONE),
    Route("pages:life_events_feed", GET, ANYONE),
    Route("pages:spokespersons", GET, ANYONE),
    Route("pages:sessions", GET, ANYONE),
    Route("pages:sessions_feed", GET, ANYONE),
    Route("pages:sessions_ics", GET, ANYONE),
    Route("pages:offices", GET, ANYONE),
    Route("pages:office", GET, ANYONE, ANYONE),
    Route("pages:topics", GET, ANYONE),
    Route("pages:site_map", GET, ANYONE),
    Route("pages:topic", GET, ANYONE, ANYONE),
    Route("pages:news", GET, ANYONE),
    Route("pages:notices", GET, ANYONE),
    Route("pages:policies", GET, ANYONE),
    Route("pages:interpretations", GET, ANYONE),
    Route("pages:about", GET, ANYONE),
    Route("pages:accessibility", GET, ANYONE),
    Route("robots", GET, ANYONE),
    Route("sitemap_index", GET, ANYONE),
    Route("sitemap", GET, ANYONE, ANYONE),
    Route("ui_display", BOTH, ANYONE),
    Route("ui_leave", GET, ANYONE),
    Route("ui_style_guide", GET, ANYONE),
    Route("opendata:list", GET, ANYONE),
    Route("opendata:dataset", GET, ANYONE, ANYONE),
    Route("opendata:csv", GET, ANYONE, ANYONE),
    # --- One's own account ---------------------------------------------------------------------
    Route("accounts:account", BOTH, SIGNED_IN),
    Route("accounts:devices", GET, SIGNED_IN),
    Route("accounts:end_other_devices", POST, SIGNED_IN),
    Route("accounts:end_device", POST, SIGNED_IN),
    Route("accounts:export", POST, SIGNED_IN),
    Route("accounts:delete", BOTH, SIGNED_IN),
    Route("accounts:deleted", GET, ANYONE),
    # The link opens the page; accepting takes the invited address besides.
    Route("accounts:invitation", BOTH, ANYONE, ANYONE),
    Route("inbox", GET, SIGNED_IN),
    Route("inbox_open", GET, SIGNED_IN),
    Route("inbox_read", POST, SIGNED_IN),
    Route("inbox_read_all", POST, SIGNED_IN),
    Route("notice_settings", BOTH, SIGNED_IN),
    # Whoever holds the link from a mail.
    Route("notice_stop", BOTH, ANYONE, ANYONE),
    # --- Watching, by polling here and by the stream beside it (`STREAM`) ------------------------
    Route("live:poll", GET, ASKER, part="answers.own"),
    Route("live:poll", GET, CASE_READERS, part="answers.case"),
    Route("live:poll", GET, DESK, part="answers.queue"),
    # --- The desk ------------------------------------------------------------------------------
    Route("answers_desk:queue", GET, DESK),
    Route("answers_desk:rows", GET, DESK),
    Route("answers_desk:filters", GET, DESK),
    Route("answers_desk:keep_filter", POST, DESK),
    # A person's own; one that is gone was removed by a double click.
    Route("answers_desk:change_filter", POST, DESK),
    Route("answers_desk:remove_filter", POST, DESK, unknown=302),
    Route("answers_desk:export", BOTH, DESK),
    Route("answers_desk:enter", BOTH, LISTENERS),
    # Of what one has entered oneself.
    Route("answers_desk:entered", GET, LISTENERS),
    Route("answers_desk:slip", GET, LISTENERS),
    Route("answers_desk:bulk_dispatch", POST, ONLY_DISPATCHER),
    # One's own: whose it was is known by nobody else.
    Route("answers_desk:undo_dispatch", POST, ONLY_DISPATCHER),
    Route("answers_desk:rota_home", GET, DESK),
    Route("answers_desk:rota", GET, ROTA),
    Route("answers_desk:add_duty", POST, ROTA),
    Route("answers_desk:remove_duty", POST, ROTA),
    # Never one who works at the office that answered, or leads it.
    Route("answers_desk:calls", GET, ONLY_DISPATCHER),
    Route("answers_desk:call", GET, ONLY_DISPATCHER),
    Route("answers_desk:call_number", POST, ONLY_DISPATCHER),
    Route("answers_desk:call_result", POST, ONLY_DISPATCHER),
    Route("answers_desk:shortcuts", BOTH, DESK),
    Route("answers_desk:oversight", GET, frozenset({LEADER, AUDITOR})),
    Route("answers_desk:passages_home", GET, DESK),
    # Of this very office; its own leader, too, but here the leaders sit at the county.
    Route("answers_desk:passages", BOTH, ONLY_SPOKESPERSON),
    Route("answers_desk:passage", BOTH, ONLY_SPOKESPERSON),
    Route("answers_desk:remove_passage", POST, ONLY_SPOKESPERSON),
    Route("answers_desk:assessment", BOTH, OVERSIGHT | ADMINISTRATORS),
    # Somebody outside the office that held it, and above.
    Route("answers_desk:exclusions", GET, OVERSIGHT),
    Route("answers_desk:uphold_several", POST, OVERSIGHT),
    Route("answers_desk:review_exclusion", POST, OVERSIGHT),
    Route("answers_desk:emergencies", GET, DESK),
    Route("answers_desk:open_emergency", POST, CENTRE_APPROVERS),
    Route("answers_desk:emergency", GET, DESK),
    Route("answers_desk:emergency_step", POST, CENTRE_APPROVERS, part="name_lead"),
    Route("answers_desk:emergency_step", POST, CENTRE_APPROVERS | {SPOKESPERSON}, part="publish_statement"),
    Route("answers_desk:emergency_step", POST, CENTRE_APPROVERS, part="attach"),
    Route("answers_desk:emergency_step", POST, CENTRE_APPROVERS, part="close_emergency"),
    Route("answers_desk:case", GET, CASE_READERS),
    Route("answers_desk:similar", GET, CASE_READERS),
    Route("answers_desk:note", POST, CASE_WORKERS),
    Route("answers_desk:insert_passage", POST, OFFICE),
    Route("answers_desk:passage_text", GET, OFFICE),
    # Not the leader nor the auditor: they need no contact.
    Route("answers_desk:reveal", POST, OFFICE | ONLY_DISPATCHER),
    Route("answers_desk:resend", POST, OFFICE | ONLY_DISPATCHER),
    Route("answers_desk:propose_erasure", POST, ONLY_DISPATCHER),
    Route("answers_desk:decide_erasure", POST, CENTRE_APPROVERS),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="screen"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="dispatch"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="recall"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="propose_refusal"),
    Route("answers_desk:step", POST, CENTRE_APPROVERS, part="approve_refusal"),
    Route("answers_desk:step", POST, CENTRE_APPROVERS, part="reject_refusal"),
    Route("answers_desk:step", POST, CENTRE_APPROVERS, part="confirm_receipt"),
    Route("answers_desk:step", POST, CENTRE_APPROVERS, part="correct_receipt"),
    Route("answers_desk:step", POST, ONLY_SPOKESPERSON, part="accept"),
    Route("answers_desk:step", POST, ONLY_SPOKESPERSON, part="request_return"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="transfer"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="refuse_return"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="refuse_return_after_acceptance"),
    Route("answers_desk:step", POST, OFFICE, part="save_draft"),
    Route("answers_desk:step", POST, OFFICE, part="submit_for_review"),
    Route("answers_desk:step", POST, OFFICE_APPROVERS, part="return_draft"),
    Route("answers_desk:step", POST, OFFICE_APPROVERS, part="release"),
    Route("answers_desk:step", POST, OFFICE | ONLY_DISPATCHER, part="tell_answer"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="rate_told"),
    Route("answers_desk:step", POST, ONLY_EDITOR, part="publish"),
    Route("answers_desk:step", POST, ONLY_EDITOR, part="decline_publication"),
    Route("answers_desk:step", POST, ONLY_EDITOR, part="amend_publication"),
    Route("answers_desk:step", POST, ONLY_EDITOR, part="withdraw_publication"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="hand_over"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="merge"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="unmerge"),
    Route("answers_desk:step", POST, ONLY_SPOKESPERSON, part="request_extension"),
    Route("answers_desk:step", POST, ONLY_LEADER, part="approve_extension"),
    Route("answers_desk:step", POST, ONLY_LEADER, part="refuse_extension"),
    Route("answers_desk:step", POST, OFFICE, part="ask_helper"),
    # Of the office that was asked to help, and nobody was here.
    Route("answers_desk:step", POST, NOBODY, part="contribute"),
    Route("answers_desk:step", POST, ONLY_SPOKESPERSON, part="ask_asker"),
    Route("answers_desk:step", POST, ONLY_DISPATCHER, part="reopen_by_call"),
    Route("answers_desk:step", POST, ONLY_LEADER, part="approve_reopening"),
    Route("answers_desk:step", POST, ONLY_LEADER, part="refuse_reopening"),
    # --- The back office -----------------------------------------------------------------------
    Route("admin_words", GET, ANYONE),
    Route("pages_inspection", GET, PAGE_EDITORS),
    Route("pages_reviews", GET, PAGE_EDITORS),
    Route("pages_searches", GET, PAGE_EDITORS),
    Route("admin_login", GET, STAFF),
    Route("admin_logout", BOTH, ANYONE),
    Route("admin_account", GET, STAFF),
    Route("admin_preferences", BOTH, STAFF),
    Route("offices:list", GET, OVERSEERS),
    Route("offices:office", GET, OVERSEERS, ADMINISTRATORS),
    Route("offices:new_top", BOTH, ADMINISTRATORS),
    Route("offices:new", BOTH, OFFICE_MANAGERS, ADMINISTRATORS),
    Route("offices:settings", BOTH, OFFICE_MANAGERS, ADMINISTRATORS),
    Route("offices:invite", BOTH, OFFICE_MANAGERS, ADMINISTRATORS),
    Route("offices:withdraw", BOTH, OFFICE_MANAGERS, ADMINISTRATORS),
    Route("offices:stand_in", BOTH, OFFICE_MANAGERS, ADMINISTRATORS),
    Route("offices:end_stand_in", BOTH, OFFICE_MANAGERS, ADMINISTRATORS),
    Route("offices:end", BOTH, OFFICE_MANAGERS, ADMINISTRATORS),
    # The calendar: whoever is here leads a county, and the word is the city's.
    Route("workdays:versions", GET, CALENDAR_READERS),
    Route("workdays:national", BOTH, CALENDAR_PROPOSERS),
    Route("workdays:local", BOTH, CALENDAR_PROPOSERS),
    Route("workdays:review", POST, CALENDAR_PROPOSERS),
    Route("workdays:version", GET, CALENDAR_READERS, CALENDAR_READERS),
    Route("workdays:decide", POST, ADMINISTRATORS, ADMINISTRATORS, part="confirm"),
    Route("workdays:decide", POST, ADMINISTRATORS, ADMINISTRATORS, part="reject"),
    # Only whoever has proposed it, and nobody here has.
    Route("workdays:decide", POST, NOBODY, part="withdraw"),
    Route("journal_events", GET, AUDITORS),
    Route("journal_export", GET, AUDITORS),
    Route("journal_aggregate", GET, AUDITORS, AUDITORS),
    Route("journal_dead_letters", GET, AUDITORS),
    Route("journal_retry", POST, ADMINISTRATORS),
    Route("undelivered", GET, ADMINISTRATORS),
    # A notice that is gone is no longer undelivered: the list says so.
    Route("undelivered_retry", POST, ADMINISTRATORS, ADMINISTRATORS, unknown=302),
    # --- For machines --------------------------------------------------------------------------
    Route("live", GET, ANYONE),
    Route("ready", GET, ANYONE),
    # Of whoever can sign it, which is the SMS gateway; where there is none it does not exist.
    Route("sms_reports", POST, NOBODY),
    # The demo's mails and text messages; elsewhere it does not exist.
    Route("outbox", GET, ANYONE),
)

# Answered before Django (portal/config/asgi.py); asks for each topic what `live:poll` asks.
STREAM = "/live/events"

LIBRARIES = (
    # allauth: whom it lets in where is its own trade.
    Library("account_", ANYONE),
    # Open data as JSON: public, and the same for everybody.
    Library("api:", ANYONE),
    Library("mfa_", SIGNED_IN),
    # Public pages and documents; what is private among them asks for its password or the login.
    Library("wagtail_serve", ANYONE),
    Library("wagtailcore_", ANYONE),
    Library("wagtaildocs_serve", ANYONE),
    Library("wagtaildocs_authenticate_with_password", ANYONE),
    Library("/media/", ANYONE),
    # Wagtail's doors lead to ours; its sprite and its catalogue of words hold nothing of ours.
    Library("wagtailadmin_login", STAFF),
    Library("wagtailadmin_logout", ANYONE),
    Library("wagtailadmin_sprite", ANYONE),
    Library("wagtailadmin_javascript_catalog", ANYONE),
    Library("wagtailadmin_password_reset", NOBODY),
    # Open to all staff, but each shows only what the person may choose or has had a hand in.
    Library("wagtaildocs_chooser:", STAFF),
    Library("wagtailimages_chooser:", STAFF),
    # What everybody may find.
    Library("search_entries:", STAFF),
    Library("wagtailadmin_workflows:task_ch", STAFF),
    Library("wagtailadmin_reports:site_history", STAFF),
    # Which pages wait for a translation, by their titles; and the words of its scripts.
    Library("wagtail_localize:javascript_catalog", STAFF),
    Library("wagtail_localize:translations_report", STAFF),
    # Asked before the act, which is where Wagtail asks permission.
    Library("wagtailadmin_pages:choose_parent", STAFF),
    Library("wagtailadmin_pages:move_confirm", STAFF),
    Library("wagtailadmin_pages:confirm_workflow_cancellation", STAFF),
    # Content.
    Library("preferred_terms:", PAGE_EDITORS),
    Library("search_blocked_words:", PAGE_EDITORS),
    Library("search_promotions:", PAGE_EDITORS),
    Library("search_synonyms:", PAGE_EDITORS),
    Library("topics:", PAGE_EDITORS),
    Library("wagtailadmin_pages:", PAGE_EDITORS),
    Library("wagtailadmin_explore", PAGE_EDITORS),
    Library("wagtaildocs", PAGE_EDITORS),
    Library("wagtailimages", PAGE_EDITORS),
    # The installation.
    Library("wagtailadmin_collections:", ADMINISTRATORS),
    Library("wagtailadmin_workflows:", ADMINISTRATORS),
    Library("wagtailadmin_reports:", PAGE_EDITORS),
    Library("wagtail_localize:", PAGE_EDITORS),
    Library("wagtaillocales:", ADMINISTRATORS),
    Library("wagtailredirects:", ADMINISTRATORS),
    Library("wagtailsettings:", frozenset({REVIEWER, ADMINISTRATOR})),
    Library("wagtailsites:", ADMINISTRATORS),
    Library("wagtailusers_", ADMINISTRATORS),
    # The frame around all of it.
    Library("wagtailadmin_", STAFF),
    Library("wagtail_bulk_action", STAFF),
    Library("wagtailembeds:", STAFF),
    Library("/admin/", STAFF),
)


@dataclass(frozen=True)
class Address:
    """A route that the resolver knows.

    name: with its namespaces; of a route without name, its path. path: as written in `urls.py`.
    is_translated: it exists below ``/en/``, too.
    """

    name: str
    path: str
    is_translated: bool


def addresses() -> list[Address]:
    """Return every route of the installation, in the resolver's order."""
    return list(_walk(get_resolver().url_patterns, Address("", "/", is_translated=False)))


def _walk(patterns: Iterable[URLPattern | URLResolver], above: Address) -> Iterator[Address]:
    for found in patterns:
        if isinstance(found.pattern, LocalePrefixPattern):
            here = Address(above.name, above.path, is_translated=True)
        else:
            written = str(found.pattern)
            if not isinstance(found.pattern, RoutePattern):
                written = written.removeprefix("^").removesuffix("$")
            here = Address(above.name, above.path + written, above.is_translated)
        if isinstance(found, URLResolver):
            namespace = f"{found.namespace}:" if found.namespace else ""
            yield from _walk(found.url_patterns, Address(here.name + namespace, here.path, here.is_translated))
        else:
            yield Address(here.name + found.name if found.name else here.path, here.path, here.is_translated)


def lines_of(name: str) -> list[Route]:
    """Return the lines about a route of ours; none for a library's."""
    return [route for route in ROUTES if route.name == name]


def library_of(name: str) -> Library | None:
    """Return the line about a library's route, None when there is none."""
    return next((library for library in LIBRARIES if name.startswith(library.prefix)), None)
