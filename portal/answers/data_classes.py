"""What the desk's tables hold, and why: see `portal.kernel.personal`."""

from portal.kernel.personal import INTERNAL, PERSONAL, SENSITIVE, DataClass, Subject, classify, internal, public

_ASKED = "to answer the question"
_HANDLED = "to show how the question was handled"
_REACHED = "to prove the asker and to reach them with the answer"
# Archives Law (档案法) art. 13: what an authority has done belongs to its records.
_ON_FILE = "until erased on request, else with the office's file"


def _staff(model: str, fields: dict[str, DataClass]) -> None:
    """Words of staff about the matter: erased with it, but not the asker's to read (PIPL art. 35 and 45)."""
    classify(model, fields, subject=Subject.STAFF, why=_HANDLED, until=_ON_FILE)


def _asker(model: str, fields: dict[str, DataClass], why: str, until: str = _ON_FILE) -> None:
    classify(model, fields, subject=Subject.ASKER, why=why, until=until)


classify("portal_answers.Topic", public("slug name name_en sort_order is_active"))

_QUESTION = "portal_answers.Question"
_asker(_QUESTION, {"title": PERSONAL, "text": PERSONAL, "place": PERSONAL}, _ASKED)
_asker(_QUESTION, {"nickname": PERSONAL, "asker": PERSONAL}, _REACHED)
_asker(_QUESTION, {"contact_kind": PERSONAL, "contact_sealed": SENSITIVE, "contact_index": SENSITIVE}, _REACHED)
_asker(_QUESTION, {"tracking_hash": SENSITIVE}, "to open the question with its code")
classify(
    _QUESTION,
    internal(
        "id form_token number state version commit_key language confidential consents unproven centre wished_office calendar ended_at "
        "rating_ends_at told_at nearest_due settle_at publication plain_provisional extended_by paused_at lapses_at reopen_due "
        "reopen_provisional lead merged_at emergency members_due helpers closes_at"
    )
    | public(
        "plain_due topic office channel submitted_at accept_due reply_due reply_provisional accepted_at answered_at public_title"
    ),
)

_DAY = "a day after the journey began"
_asker(
    "portal_answers.AskDraft",
    {"owner": PERSONAL, "answers_sealed": SENSITIVE, "code_sealed": SENSITIVE},
    "so that nothing typed is lost",
    _DAY,
)
classify("portal_answers.AskDraft", internal("id question created_at"))
_asker(
    "portal_answers.ContactCheck",
    {"contact_index": SENSITIVE, "code_hash": SENSITIVE},
    _REACHED,
    "with the draft or the question's contact",
)
classify("portal_answers.ContactCheck", internal("id draft question tries_left expires_at verified_at"))

_asker("portal_answers.Confidence", {"words_sealed": SENSITIVE}, _ASKED)
classify("portal_answers.Confidence", internal("id question cleared_by cleared_at"))
_asker("portal_answers.Intake", {"relation": PERSONAL}, _HANDLED)
_staff("portal_answers.Intake", {"check_reason": PERSONAL})
classify(
    "portal_answers.Intake",
    internal("id question office entered_by stated_at recorded_at check_state checked_by checked_at"),
)
_staff("portal_answers.Leg", {"reason": PERSONAL})
classify(
    "portal_answers.Leg",
    internal("id question number office started_at accept_due accepted_at accepted_by ended_at"),
)
_staff("portal_answers.ReturnRequest", {"reason": PERSONAL, "decision_reason": PERSONAL})
classify(
    "portal_answers.ReturnRequest",
    internal("leg proposed_office requested_by requested_at decision decided_at month"),
)
_asker("portal_answers.Refusal", {"explanation": PERSONAL, "other_route": PERSONAL}, _HANDLED)
classify(
    "portal_answers.Refusal",
    internal("question reason proposed_by proposed_at decision decided_by decided_at"),
)
classify(
    "portal_answers.Verdict",
    internal("question leg clock outcome due held_by office month is_headline occurred_at recorded_at"),
)

classify("portal_answers.Reminder", internal("question leg rung sent_at"))
_staff("portal_answers.Note", {"text": PERSONAL})
classify("portal_answers.Note", internal("question author written_at"))

_staff("portal_answers.Draft", {"text": PERSONAL})
classify("portal_answers.Draft", internal("question version author written_at"))
_staff("portal_answers.Review", {"note": PERSONAL})
_staff("portal_answers.Refusal", {"decision_note": PERSONAL})
classify(
    "portal_answers.Review",
    internal("draft requested_by requested_at decision decided_by decided_at"),
)
_asker("portal_answers.Answer", {"text": PERSONAL}, _ASKED)
classify("portal_answers.Answer", internal("question office draft text_key released_by released_at working_days month"))
_asker("portal_answers.Rating", {"comment": PERSONAL}, "to learn from the asker's verdict")
classify("portal_answers.Rating", internal("question of_reopening source resolved satisfaction rated_at written_by"))

classify(
    "portal_answers.Erasure",
    internal("question reason takes_down requested_by requested_at decision decided_by decided_at"),
)
classify(
    "portal_answers.CallDraw",
    {"seed_sealed": SENSITIVE},
    subject=Subject.STAFF,
    why="to draw whom the centre calls back; known early, it would tell who is called",
    until="published when the calls are over",
)
classify(
    "portal_answers.CallDraw",
    internal("id")
    | public("begins ends commitment committed_at per_office pool_size pool_digest drawn_at due opened_at"),
)
classify("portal_answers.CallStratum", public("office tickets left_out") | internal("draw"))
classify(
    "portal_answers.CallBack",
    internal("id draw question office month state taken_by taken_at not_before ended_at rating"),
)
_staff("portal_answers.CallAttempt", {"note": PERSONAL})
_staff("portal_answers.ExclusionReview", {"note": PERSONAL})
classify(
    "portal_answers.ExclusionReview", internal("question office month decision adds_missed reviewed_by reviewed_at")
)
classify("portal_answers.CallAttempt", internal("call number outcome called_by called_at"))

classify(
    "portal_answers.Redaction",
    public("title question_text answer_text") | internal("question commit_key decided_by decided_at"),
)
classify(
    "portal_answers.Listing",
    public(
        "question number title topic office is_answered state submitted_at accept_due accepted_at reply_due "
        "reply_provisional plain_due interim answered_at month page_url sorted_at"
    ),
)
classify(
    "portal_answers.AnswerPage",
    {"question": INTERNAL} | public("question_text answer_text changed_at withdrawn_at withdrawal_reason"),
)

_staff("portal_answers.Extension", {"reason": PERSONAL, "note": PERSONAL})
classify(
    "portal_answers.Extension",
    public("interim") | internal("question working_days requested_by requested_at decision decided_by decided_at"),
)
_asker("portal_answers.Clarification", {"text": PERSONAL, "answer": PERSONAL}, _ASKED)
classify("portal_answers.Clarification", internal("question asked_by asked_at answered_at"))
_staff("portal_answers.Helping", {"request": PERSONAL, "contribution": PERSONAL})
classify("portal_answers.Helping", internal("question office asked_by asked_at due contributed_by contributed_at"))
_asker("portal_answers.Reopening", {"reason": PERSONAL, "note": PERSONAL, "answer_text": PERSONAL}, _ASKED)
classify(
    "portal_answers.Reopening", internal("question requested_at decision decided_by decided_at answer_key answered_at")
)
_asker("portal_answers.HandOver", {"told": PERSONAL}, _ASKED)
classify("portal_answers.HandOver", internal("question service handed_by handed_at"))
_asker(
    "portal_answers.Amendment",
    {"title_before": PERSONAL, "question_before": PERSONAL, "answer_before": PERSONAL},
    "to show what was changed, should anybody dispute it",
)
classify("portal_answers.Amendment", public("reason is_withdrawal amended_at") | internal("question amended_by"))
classify("portal_answers.Recomputation", internal("edition total done moved reached began_at finished_at"))
classify("portal_answers.Duty", internal("id office day person"))
classify(
    "portal_answers.Emergency",
    public("title place")
    | internal(
        "id state version centre lead opened_by opened_at lead_due lead_named_at lead_missed statement_due "
        "first_statement_at statement_missed update_due closed_at"
    ),
)
classify(
    "portal_answers.Statement", public("number text office published_at") | internal("emergency text_key published_by")
)
classify(
    "portal_answers.SavedFilter",
    {"name": PERSONAL, "chosen": PERSONAL},
    subject=Subject.HOLDER,
    why="so that the queue opens as its holder works",
    until="until removed, or the account is deleted",
)
classify("portal_answers.SavedFilter", internal("id person is_default"))
classify("portal_answers.BulkDispatch", internal("id dispatched_by dispatched_at legs is_taken_back"))
classify("portal_answers.Passage", internal("id office title text is_shared changed_by changed_at"))
