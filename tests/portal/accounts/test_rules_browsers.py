"""Which browser and system a request says it comes from: families, nothing finer."""

import pytest

from portal.accounts.models import Device
from portal.accounts.rules.browsers import BROWSERS, SYSTEMS, families

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; 22081212C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (f"{WINDOWS} Chrome/126.0.0.0 Safari/537.36", ("chrome", "windows")),
        (f"{WINDOWS} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", ("edge", "windows")),
        (f"{WINDOWS} Chrome/108.0.5359.95 Safari/537.36 QIHU 360SE", ("360", "windows")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", ("firefox", "linux")),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", ("safari", "ios")),
        (f"{IPHONE} Mobile/15E148 MicroMessenger/8.0.49 NetType/WIFI Language/zh_CN", ("wechat", "ios")),
        (f"{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1", ("chrome", "ios")),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
            ("safari", "macos"),
        ),
        (f"{ANDROID} Chrome/116.0.0.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.3", ("xiaomi", "android")),
        (f"{ANDROID} MQQBrowser/14.9 Mobile Safari/537.36", ("qq", "android")),
        (f"{ANDROID} Chrome/100.0 UCBrowser/16.5 Mobile Safari/537.36", ("uc", "android")),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 ArkWeb/4.1 Mobile HuaweiBrowser/5.0",
            ("huawei", "harmony"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) Chrome/99.0 Mobile Safari/537.36",
            ("chrome", "harmony"),
        ),
        ("curl/8.5.0", ("other", "other")),
        ("", ("other", "other")),
        ("x" * 100_000 + " Firefox/1", ("other", "other")),
    ],
)
def test_a_browser_belongs_to_a_family(said, found):
    assert families(said) == found


def test_every_family_has_its_name():
    assert set(Device.Browser.values) == set(BROWSERS)
    assert set(Device.System.values) == set(SYSTEMS)
