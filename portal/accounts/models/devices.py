"""The browsers in which somebody has signed in."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.users import User
from portal.kernel.actors import Actor


class DeviceQuerySet(models.QuerySet["Device"]):
    """Queries over devices."""

    def visible_to(self, actor: Actor) -> "DeviceQuerySet":
        """Keep the actor's own; twin of `P.END_DEVICE`."""
        return self.filter(user=actor.id) if actor.is_person else self.none()


class Device(models.Model):
    """One person in one browser, recognised by a cookie of its own (see `portal.accounts.devices`).

    key_index: keyed fingerprint of cookie and person together, so that two people who share a
    browser are not found to do so. No network address and no version is kept.
    session_key: of the session that runs there, "" when it has been ended; whether it still lives
    is a question to the table of sessions.
    Instants are real time, as sessions are. signed_in_at: the last time; first_seen_at: the first.
    """

    class Browser(models.TextChoices):
        """Families, by `rules.browsers.BROWSERS`."""

        WECHAT = "wechat", _("微信")
        DINGTALK = "dingtalk", _("钉钉")
        QQ = "qq", _("QQ 浏览器")
        UC = "uc", _("UC 浏览器")
        HUAWEI = "huawei", _("华为浏览器")
        XIAOMI = "xiaomi", _("小米浏览器")
        QIHOO = "360", _("360 浏览器")
        EDGE = "edge", "Edge"
        OPERA = "opera", "Opera"
        FIREFOX = "firefox", "Firefox"
        CHROME = "chrome", "Chrome"
        SAFARI = "safari", "Safari"
        OTHER = "other", _("其他浏览器")

    class System(models.TextChoices):
        """Families, by `rules.browsers.SYSTEMS`."""

        HARMONY = "harmony", _("鸿蒙")
        ANDROID = "android", _("安卓")
        IOS = "ios", _("苹果手机或平板")
        WINDOWS = "windows", "Windows"
        MACOS = "macos", "macOS"
        LINUX = "linux", "Linux"
        OTHER = "other", _("其他系统")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    key_index = models.CharField(max_length=64)
    session_key = models.CharField(max_length=40, blank=True)
    browser = models.CharField(max_length=10, choices=Browser)
    system = models.CharField(max_length=10, choices=System)
    first_seen_at = models.DateTimeField()
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("登录的设备")
        verbose_name_plural = _("登录的设备")
        constraints = [models.UniqueConstraint(fields=["user", "key_index"], name="accounts_device_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Browser and system, as people call them."""
        return f"{self.get_browser_display()} · {self.get_system_display()}"
