"""The person who signs in."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kernel import vault


class UserManager(BaseUserManager["User"]):
    """Creates people; by e-mail address, by mobile number or by both."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "User":
        """Save a new person. Without a password only codes let them in."""
        phone = fields.pop("phone", "")
        user = self.model(email=(email or "").lower() or None, **fields)
        user.set_phone(phone)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save the first administrator of a new installation."""
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: a resident, or somebody who also holds a role at an office (`Appointment`).

    name: what other people see; a nickname for residents, the real name for staff.
    phone_sealed and phone_index: the mobile number, encrypted and as blind index.
    """

    class Residency(models.TextChoices):
        """How a person belongs to the district; asked, never guessed."""

        UNSTATED = "unstated", _("未说明")
        REGISTERED = "registered", _("本地户籍")
        PERMIT = "permit", _("新居民（居住证）")
        TEMPORARY = "temporary", _("新居民（暂住登记）")
        ELSEWHERE = "elsewhere", _("不住在本地")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("电子邮箱"), unique=True, null=True, blank=True)
    phone_sealed = models.TextField(blank=True, editable=False)
    phone_index = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    phone_verified = models.BooleanField(default=False, editable=False)
    name = models.CharField(_("称呼"), max_length=40, blank=True)
    residency = models.CharField(_("居住情况"), max_length=10, choices=Residency, default=Residency.UNSTATED)
    is_active = models.BooleanField(_("可登录"), default=True)
    date_joined = models.DateTimeField(_("注册时间"), null=True, editable=False)

    objects = UserManager()

    # Remembered by `queries.acts_for_an_office` for as long as this instance lives: one request.
    acts_for_an_office: bool | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(residency__in=["unstated", "registered", "permit", "temporary", "elsewhere"]),
                name="accounts_user_residency_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; no address is NULL, because a second empty text would clash with the first."""
        self.email = self.email or None
        super().save(*args, **kwargs)

    @property
    def phone(self) -> str:
        """The mobile number in E.164, or the empty text."""
        return vault.installed().open(self.phone_sealed)

    def set_phone(self, phone: str) -> None:
        """Seal a number given in E.164 (see `portal.accounts.phones`); the empty text removes it."""
        self.phone_sealed = vault.installed().seal(phone)
        self.phone_index = vault.installed().blind_index(phone) if phone else None

    def get_full_name(self) -> str:
        """Return what other people see."""
        return self.name or str(_("居民"))

    def get_short_name(self) -> str:
        """Return the same: Chinese names are not cut."""
        return self.get_full_name()
