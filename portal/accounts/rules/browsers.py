"""Which family of browser and system a request comes from, as far as it says: enough to recognise one's own.

Families only: a version or a model would tell one person from others and helps nobody to find
"my phone" in a list of three.
"""

LONGEST = 400  # characters of a header that are looked at
OTHER = "other"

# In this order: most browsers call themselves Chrome and Safari, too.
_BROWSERS = (
    ("wechat", ("MicroMessenger",)),
    ("dingtalk", ("DingTalk",)),
    ("qq", ("QQBrowser", "MQQBrowser")),
    ("uc", ("UCBrowser", "UCWEB")),
    ("huawei", ("HuaweiBrowser",)),
    ("xiaomi", ("MiuiBrowser",)),
    ("360", ("QihooBrowser", "QHBrowser", "360SE", "360EE")),
    ("edge", ("Edg/", "EdgA/", "EdgiOS/", "Edge/")),
    ("opera", ("OPR/",)),
    ("firefox", ("Firefox/", "FxiOS/")),
    ("chrome", ("Chrome/", "CriOS/")),
    ("safari", ("Safari/",)),
)
# A HarmonyOS phone may call itself Android, an iPad a Mac "like Mac OS X".
_SYSTEMS = (
    ("harmony", ("HarmonyOS", "OpenHarmony")),
    ("android", ("Android",)),
    ("ios", ("iPhone", "iPad", "iPod")),
    ("windows", ("Windows",)),
    ("macos", ("Macintosh",)),
    ("linux", ("Linux", "X11", "CrOS")),
)
BROWSERS = (*(family for family, _words in _BROWSERS), OTHER)
SYSTEMS = (*(family for family, _words in _SYSTEMS), OTHER)


def families(user_agent: str) -> tuple[str, str]:
    """Return the families of browser and system, out of BROWSERS and SYSTEMS."""
    said = user_agent[:LONGEST]
    return _first(_BROWSERS, said), _first(_SYSTEMS, said)


def _first(known: tuple[tuple[str, tuple[str, ...]], ...], said: str) -> str:
    return next((family for family, words in known if any(word in said for word in words)), OTHER)
