"""The festivals that are days off: what notices call them, what we call them, and their English."""

import re

# As a notice may call them (quotes as `chinese_dates.tidy` writes them), and the name we use.
_CALLED = {
    "元旦": "元旦",
    "新年": "元旦",
    "春节": "春节",
    "清明节": "清明节",
    "清明": "清明节",
    '"五一"国际劳动节': "劳动节",
    "国际劳动节": "劳动节",
    "劳动节": "劳动节",
    '"五一"': "劳动节",
    "端午节": "端午节",
    "端午": "端午节",
    "中秋节": "中秋节",
    "中秋": "中秋节",
    "国庆节": "国庆节",
    "国庆": "国庆节",
    '"十一"': "国庆节",
}
ENGLISH = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
NEW_YEAR, NATIONAL_DAY = "元旦", "国庆节"
JOINT = "、"
# State Council Decree No. 513 made three traditional festivals days off from 2008 on.
SINCE_2008 = ("清明节", "端午节", "中秋节")
NAME = "|".join(sorted(map(re.escape, _CALLED), key=len, reverse=True))


def festivals_in(text: str) -> tuple[str, ...]:
    """Return the festivals that a tidied text names, as we call them, each once and in order."""
    return tuple(dict.fromkeys(_CALLED[name] for name in re.findall(NAME, text)))


def festivals_of(year: int) -> tuple[str, ...]:
    """Return the festivals that a year's notice must arrange."""
    return tuple(name for name in ENGLISH if year >= 2008 or name not in SINCE_2008)


def named(heading: str, *, unknown: bool = True) -> tuple[str, str]:
    """Return the name of a day of the festivals in a heading, and its English.

    unknown: take a heading as it is when it names none of ours; we have no English for it then.
    """
    festivals = festivals_in(heading)
    if not festivals:
        return (heading if unknown else ""), ""
    return JOINT.join(festivals), ", ".join(ENGLISH[name] for name in festivals)
