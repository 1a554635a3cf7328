"""The editors' page types, a module per kind."""

from portal.pages.models.base import BasePage, ListPage
from portal.pages.models.centres import CentreHours, CentreIndexPage, CentrePage
from portal.pages.models.four_eyes import FourEyesTask
from portal.pages.models.guide_rows import (
    GuideAnswer,
    GuideBasis,
    GuideEntitlement,
    GuideMaterial,
    GuideQuestion,
    GuideStep,
)
from portal.pages.models.guides import GuideIndexPage, GuidePage, GuidePlace
from portal.pages.models.home import HomePage, HomeTask
from portal.pages.models.identity import SiteIdentity
from portal.pages.models.life_events import LifeEventIndexPage, LifeEventPage
from portal.pages.models.news import NewsIndexPage, NewsPage
from portal.pages.models.notices import NoticeIndexPage, NoticePage
from portal.pages.models.policies import InterpretationIndexPage, InterpretationPage, PolicyIndexPage, PolicyPage
from portal.pages.models.reviews import ReviewReminder
from portal.pages.models.sessions import SessionIndexPage, SessionPage, SessionSpeaker
from portal.pages.models.spokespersons import SpokespersonIndexPage, SpokespersonPage
from portal.pages.models.standard import StandardPage
from portal.pages.models.terms import PreferredTerm
from portal.pages.models.topics import Topic

__all__ = [
    "BasePage",
    "CentreHours",
    "CentreIndexPage",
    "CentrePage",
    "FourEyesTask",
    "GuideAnswer",
    "GuideBasis",
    "GuideEntitlement",
    "GuideIndexPage",
    "GuideMaterial",
    "GuidePage",
    "GuidePlace",
    "GuideQuestion",
    "GuideStep",
    "HomePage",
    "HomeTask",
    "InterpretationIndexPage",
    "InterpretationPage",
    "LifeEventIndexPage",
    "LifeEventPage",
    "ListPage",
    "NewsIndexPage",
    "NewsPage",
    "NoticeIndexPage",
    "NoticePage",
    "PolicyIndexPage",
    "PolicyPage",
    "PreferredTerm",
    "ReviewReminder",
    "SessionIndexPage",
    "SessionPage",
    "SessionSpeaker",
    "SiteIdentity",
    "SpokespersonIndexPage",
    "SpokespersonPage",
    "StandardPage",
    "Topic",
]
