"""The messages that are registered with the carrier; nothing else can be sent.

Apps add theirs with `register`. Those of the storeys below, which cannot know this app, stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Template:
    """One message. params: all of them are needed; text: what the carrier has on file, {placeholders} for params.

    The carrier's text is the Chinese one: ours is for the demo's outbox and for the registration.
    """

    key: str
    params: tuple[str, ...]
    text: str | Promise

    def filled(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return the needed params out of `given`. Raises MissingParam."""
        missing = [name for name in self.params if name not in given]
        if missing:
            raise MissingParam(f"{self.key} needs {', '.join(missing)}")
        return {name: str(given[name]) for name in self.params}


class MissingParam(ValueError):
    """Raised when a message lacks what its template needs."""


class UnknownTemplate(LookupError):
    """Raised for a template that no app has registered."""


_templates: dict[str, Template] = {}


def register(template: Template) -> Template:
    """Make a template known. Raises ValueError when another one has its key."""
    if template.key in _templates and _templates[template.key] != template:
        raise ValueError(f"two SMS templates are called {template.key}")
    _templates[template.key] = template
    return template


def template_of(key: str) -> Template:
    """Return the template called `key`. Raises UnknownTemplate."""
    try:
        return _templates[key]
    except KeyError:
        raise UnknownTemplate(key) from None


def templates() -> list[Template]:
    """Return every registered template: what the operator registers with the carrier."""
    return [_templates[key] for key in sorted(_templates)]


CODE = ("code", "minutes")
for known in (
    Template("login_code", CODE, _("登录验证码 {code}，{minutes} 分钟内有效。请勿告诉他人。")),
    Template("verify_phone", CODE, _("手机验证码 {code}，{minutes} 分钟内有效。请勿告诉他人。")),
    Template("contact_code", CODE, _("提问验证码 {code}，{minutes} 分钟内有效。请勿告诉他人。")),
    Template("unknown_account", (), _("有人用这个手机号登录，但它还没有注册。不是您本人操作的，不用理会。")),
    Template("account_exists", (), _("这个手机号已经注册过，请直接登录。不是您本人操作的，不用理会。")),
):
    register(known)
