"""What editors write is public; see `portal.kernel.personal`."""

from portal.kernel.personal import classify, internal, public

_FOR_WHOM = "kinds age_from age_to has lacks"
_ROW = internal("id page sort_order translation_key locale")

classify("portal_pages.HomePage", public("summary headline"))
classify("portal_pages.HomeTask", public("page label") | internal("id home sort_order translation_key locale"))
classify("portal_pages.StandardPage", public("summary body"))
classify("portal_pages.PreferredTerm", internal("id language avoided preferred reason"))
classify("portal_pages.FourEyesTask", internal("groups"))
classify("portal_pages.ReviewReminder", internal("id page due sent_at"))
classify("portal_pages.Topic", public("slug name name_en icon asked_as") | internal("id order"))
classify(
    "portal_pages.SiteIdentity",
    public(
        "name name_en place place_en owner owner_en operator operator_en site_code icp police badge badge_address ipv6 "
        "phone hotline email mistakes_address address address_en"
    )
    | internal("id"),
)
classify("portal_pages.CentreIndexPage", public("summary"))
classify("portal_pages.CentrePage", public("summary office address transport access phone latitude longitude"))
classify("portal_pages.CentreHours", public("day opens closes") | _ROW)
classify("portal_pages.GuideIndexPage", public("summary"))
classify(
    "portal_pages.GuidePage",
    public(
        "summary plain_name kind basic_code implementation_code audience topic office delegated_to joint_offices "
        "conditions refusals quota by_commitment statutory_limit statutory_unit promised_limit promised_unit "
        "limit_note channels visits visit_reason online_depth online_address appointment proxy has_fee fee fee_basis "
        "fee_relief result result_sample delivery enquiries complaints complaints_address review_office court "
        "verified_on changes"
    )
    | internal("has_helper responsible review_months"),
)
classify("portal_pages.GuideQuestion", public("key text") | _ROW)
classify("portal_pages.GuideEntitlement", public(f"outcome explanation {_FOR_WHOM}") | _ROW)
classify("portal_pages.GuideBasis", public("law number article text issuer in_force_on address") | _ROW)
classify(
    "portal_pages.GuideMaterial",
    public(f"name source issuer originals copies on_paper electronic need blank_form sample_form note {_FOR_WHOM}")
    | _ROW,
)
classify("portal_pages.GuideStep", public("name text duration officer result") | _ROW)
classify("portal_pages.GuideAnswer", public("question answer") | _ROW)
classify("portal_pages.GuidePlace", public("centre counter note") | _ROW)
classify("portal_pages.LifeEventIndexPage", public("summary"))
classify("portal_pages.LifeEventPage", public("summary before steps topics"))
classify("portal_pages.SpokespersonIndexPage", public("summary"))
# They have agreed that it is shown, each by an entry of theirs.
classify(
    "portal_pages.SpokespersonPage",
    public("summary post answers_for hours picture picture_alt") | internal("appointment agreed_on"),
)
classify("portal_pages.SessionIndexPage", public("summary"))
classify(
    "portal_pages.SessionPage",
    public("summary kind office starts_at ends_at place phone topics how_to_take_part record cancelled_because"),
)
classify("portal_pages.SessionSpeaker", public("person name post") | _ROW)

_ARTICLE = "summary date source author body related"
classify("portal_pages.NewsIndexPage", public("summary"))
classify("portal_pages.NewsPage", public(_ARTICLE))
classify("portal_pages.NoticeIndexPage", public("summary"))
classify(
    "portal_pages.NoticePage",
    public(
        f"{_ARTICLE} kind number office starts_on period_length period_unit period_basis ends_at ends_expected "
        "how_to_object phone address attachments outcome outcome_on"
    ),
)
classify("portal_pages.PolicyIndexPage", public("summary"))
classify(
    "portal_pages.PolicyPage",
    public(f"{_ARTICLE} number office issued_on in_force_on expires_on repealed_on replaces attachments"),
)
classify("portal_pages.InterpretationIndexPage", public("summary"))
classify("portal_pages.InterpretationPage", public(f"{_ARTICLE} kind policy"))
