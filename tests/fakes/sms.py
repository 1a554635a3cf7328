"""An SMS sender that keeps what it was given. Install it with `portal.kernel.sms.install`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.kernel.sms import SmsFailed


@dataclass(frozen=True)
class Sent:
    template: str
    params: dict[str, str]
    phone: str


@dataclass
class FakeSms:
    """Set `is_down` to let it fail as a carrier does."""

    sent: list[Sent] = field(default_factory=list)
    is_down: bool = False

    def send(self, template: str, params: Mapping[str, str], phone: str) -> None:
        if self.is_down:
            raise SmsFailed("the carrier does not answer")
        self.sent.append(Sent(template, dict(params), phone))

    @property
    def last_code(self) -> str:
        return next(message.params["code"] for message in reversed(self.sent) if "code" in message.params)
