"""What residents of the demo's district have looked for in the last weeks, and what its editors recommend for it."""

from datetime import date, timedelta

from portal.pages.models import GuidePage
from portal.ui.languages import HTML_CODES
from search.countable import PEOPLE, week_of
from search.counting import Outcome
from search.models import PromotedResult, Promotion, QueryCount, QueryText

# Words, language, how often in each of the last five weeks, and what was found.
LOOKED_FOR = (
    ("居住证", "zh-Hans", (46, 41, 38, 44, 37), Outcome.FOUND),
    ("积分入学", "zh-Hans", (38, 29, 21, 12, 9), Outcome.FOUND),
    ("公积金提取", "zh-Hans", (22, 25, 19, 24, 20), Outcome.FOUND),
    ("新生儿上户口", "zh-Hans", (17, 15, 18, 13, 16), Outcome.FOUND),
    ("社保卡补办", "zh-Hans", (14, 16, 12, 15, 11), Outcome.FOUND),
    ("结婚登记预约", "zh-Hans", (12, 9, 14, 8, 10), Outcome.FOUND),
    ("residence permit", "en", (9, 7, 8, 6, 7), Outcome.FOUND),
    ("小饭桌", "zh-Hans", (16, 11, 7, 0, 0), Outcome.IN_VAIN),
    ("电动车上牌", "zh-Hans", (12, 13, 12, 11, 14), Outcome.IN_VAIN),
    ("狗证", "zh-Hans", (9, 6, 8, 7, 6), Outcome.IN_VAIN),
    ("无人机飞行报备", "zh-Hans", (7, 0, 0, 6, 0), Outcome.IN_VAIN),
    ("老房子加装电梯补贴", "zh-Hans", (11, 12, 8, 9, 7), Outcome.LOOSELY),
    ("夜间施工噪音", "zh-Hans", (8, 6, 9, 7, 6), Outcome.LOOSELY),
)


def make_searches(today: date) -> None:
    """Count what was looked for, each week's on its Thursday; this week's on its first day."""
    for words, language, weeks, outcome in LOOKED_FOR:
        for ago, times in enumerate(weeks):
            week = week_of(today) - timedelta(days=7 * ago)
            if times:
                query = QueryText.objects.create(week=week, language=language, words=words, people=PEOPLE)
                counts = {"searches": times} | ({} if outcome is Outcome.FOUND else {outcome.value: times})
                QueryCount.objects.create(query=query, day=week + timedelta(days=3 if ago else 0), **counts)


# Queries, language, and the slug of the guide that stands in front.
RECOMMENDED = (
    ("积分入学、孩子上学", "zh-hans", "school-enrolment-new-residents"),
    ("school enrolment, school", "en", "school-enrolment-new-residents"),
)


def recommend_results() -> None:
    """Let the editors recommend a guide in both languages."""
    for said, language, slug in RECOMMENDED:
        guide = GuidePage.objects.filter(slug=slug, locale__language_code=language).first()
        if guide:
            promotion = Promotion(said=said, language=HTML_CODES[language])
            promotion.results.add(PromotedResult(entry_id=f"guide:{guide.pk}"))
            promotion.save()
