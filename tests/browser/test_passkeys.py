"""Passkeys in a real browser, with the virtual authenticator that Chromium brings (WebAuthn over CDP)."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.browser.asking import onward
from tests.browser.looks import MODES, choose, faults
from tests.factories.accounts import PASSWORD, actor

pytestmark = pytest.mark.django_db(transaction=True)

LOGIN, MFA, KEYS, ADD = "/accounts/login/", "/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/"


class Device:
    """The authenticator of a browser: makes keys, confirms them as the person would."""

    def __init__(self, page: Page, *, verifies: bool = True) -> None:
        self._cdp = page.context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable")
        self._id = self._cdp.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": verifies,
                    "automaticPresenceSimulation": True,
                }
            },
        )["authenticatorId"]

    @property
    def keys(self) -> list[dict]:
        return self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"]

    def forget(self) -> None:
        self._cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self._id})

    def refuse(self) -> None:
        """From now on the person does not confirm."""
        self._cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": False})


@pytest.fixture
def person(district):
    return User.objects.get(pk=district.spokesperson.id)


def confirm_by_password(page: Page) -> None:
    """What changes factors asks who it is first."""
    page.get_by_label("密码").fill(PASSWORD)
    onward(page, "确认")


def add_passkey(page: Page, name: str) -> None:
    page.goto(ADD)
    if "reauthenticate" in page.url:
        confirm_by_password(page)
    page.get_by_label("名称").fill(name)
    onward(page, "添加")


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    onward(page, "退出登录")


def keys_of(person) -> list[str]:
    return [key.wrap().name for key in Authenticator.objects.filter(user=person, type="webauthn").order_by("pk")]


def test_a_passkey_is_added_and_signs_in_by_itself(browse, person, settings):
    settings.STAFF_MFA_REQUIRED = True
    page = browse(actor(person))
    device = Device(page)
    page.goto("/admin/")
    expect(page.get_by_text("请先添加通行密钥或设置验证器应用")).to_be_visible()
    add_passkey(page, "办公室电脑")

    expect(page.get_by_role("heading", name="恢复代码")).to_be_visible()
    assert keys_of(person) == ["办公室电脑"]
    assert [key["rpId"] for key in device.keys] == ["localhost"]

    sign_out(page)
    page.goto(LOGIN + "?next=/admin/offices/")
    with page.expect_navigation(url="**/admin/**"):
        page.get_by_role("button", name="用通行密钥登录").click()
    assert "/admin/" in page.url, "no password, no code, no second question"
    page.goto("/account/")
    expect(page.get_by_role("heading", name="我的账户")).to_be_visible()


def test_after_the_password_a_passkey_is_the_second_step(browse, person):
    page = browse(actor(person))
    Device(page)
    add_passkey(page, "钥匙")
    sign_out(page)

    page.goto(LOGIN)
    page.get_by_label("手机号或电子邮箱").fill(person.email)
    page.get_by_label("密码").fill(PASSWORD)
    onward(page, "登录")
    expect(page.get_by_role("heading", name="两步验证")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="用通行密钥登录").click()

    page.goto("/account/")
    expect(page.get_by_role("heading", name="我的账户")).to_be_visible()


def test_a_passkey_is_renamed_and_removed_after_confirming_by_a_passkey(browse, person):
    TOTP.activate(person, generate_totp_secret())
    page = browse(actor(person))
    Device(page)
    add_passkey(page, "旧名")

    page.goto(KEYS)
    page.get_by_role("link", name="改名").click()
    page.get_by_label("名称").fill("")
    onward(page, "保存")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("名称").fill("新名")
    onward(page, "保存")
    assert keys_of(person) == ["新名"]

    page.context.clear_cookies()
    page.goto(LOGIN)
    with page.expect_navigation():
        page.get_by_role("button", name="用通行密钥登录").click()
    page.goto(KEYS)
    page.get_by_role("link", name="移除").click()
    # Signing in is one thing, confirming another: the password is asked for, a passkey will do.
    page.get_by_role("link", name="用通行密钥").click()
    with page.expect_navigation():
        page.get_by_role("button", name="用通行密钥确认").click()
    expect(page.get_by_text("移除“新名”后")).to_be_visible()
    onward(page, "移除")
    assert keys_of(person) == []


def test_the_last_factor_of_staff_stays(browse, person, settings):
    settings.STAFF_MFA_REQUIRED = True
    page = browse(actor(person))
    Device(page)
    add_passkey(page, "唯一的")

    page.goto(KEYS)
    page.get_by_role("link", name="移除").click()
    expect(page.get_by_text("岗位要求至少保留一个")).to_be_visible()
    expect(page.get_by_role("button", name="移除")).to_have_count(0)
    assert keys_of(person) == ["唯一的"]


def test_a_device_that_does_not_confirm_is_said_and_the_password_still_works(browse, person):
    page = browse(actor(person))
    device = Device(page)
    add_passkey(page, "钥匙")
    sign_out(page)
    device.refuse()

    page.goto(LOGIN)
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("没有完成：可能是取消了")).to_be_visible()
    page.get_by_label("手机号或电子邮箱").fill(person.email)
    page.get_by_label("密码").fill(PASSWORD)
    onward(page, "登录")
    expect(page.get_by_role("heading", name="两步验证")).to_be_visible()


def test_a_passkey_that_was_removed_here_but_not_on_the_device_is_refused(browse, person):
    page = browse(actor(person))
    Device(page)
    add_passkey(page, "钥匙")
    sign_out(page)
    Authenticator.objects.filter(user=person).delete()

    page.goto(LOGIN + "?next=/account/")
    with page.expect_navigation():
        page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("通行密钥没有通过验证")).to_be_visible()
    assert page.url.endswith("?next=%2Faccount%2F")


def test_without_script_the_pages_say_what_to_do_instead(browse, person):
    page = browse(actor(person), script=False)
    page.goto(ADD)
    confirm_by_password(page)
    expect(page.get_by_text("通行密钥需要较新的浏览器")).to_be_visible()
    expect(page.get_by_role("button", name="添加")).to_have_count(0)
    sign_out(page)
    page.goto(LOGIN)
    expect(page.get_by_role("button", name="用通行密钥登录")).to_have_count(0)


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_accessible_and_fits_a_phone(browse, person, live_server, mode):
    TOTP.activate(person, generate_totp_secret())
    page = browse(actor(person), phone=True)
    choose(page, mode, live_server.url)
    Device(page)
    page.goto(ADD)
    confirm_by_password(page)
    wrong = {ADD: faults(page)}
    add_passkey(page, "一个名字写得比较长的通行密钥，占满四十个字")
    key = Authenticator.objects.get(type="webauthn").pk
    for path in (MFA, KEYS, f"{KEYS}keys/{key}/edit/", f"{KEYS}keys/{key}/remove/", f"{KEYS}reauthenticate/"):
        page.goto(path)
        wrong[path] = faults(page)
    sign_out(page)
    page.goto(LOGIN)
    wrong[LOGIN] = faults(page)
    page.get_by_label("手机号或电子邮箱").fill(person.email)
    page.get_by_label("密码").fill(PASSWORD)
    onward(page, "登录")
    wrong["second step"] = faults(page)

    assert {path: found for path, found in wrong.items() if found} == {}
