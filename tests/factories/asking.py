"""Somebody walks through the asking journey, page by page, as a browser without JavaScript does."""

from types import SimpleNamespace
from typing import Any

from django.test import Client
from django.urls import resolve, reverse

from portal.answers.forms.challenge import new_challenge
from portal.answers.models import AskDraft
from portal.answers.rules.proof_of_work import solve
from tests.factories.answers import make_topic

PHONE = "13800138000"
TEXT = "我持有居住证，孩子明年上小学，请问需要准备什么材料？"


class Walker:
    """One browser. `draft_id` is the form it works on."""

    def __init__(self, client: Client, district: SimpleNamespace) -> None:
        self.client = client
        self.district = district
        self.draft_id = ""

    def start(self) -> "Walker":
        response = self.client.post(reverse("answers:ask_start"))
        self.draft_id = resolve(response.url).kwargs["draft_id"]
        return self

    def address(self, page: str) -> str:
        if page in ("files", "code", "check", "done", "challenge", "resend"):
            return reverse(f"answers:ask_{page}", args=[self.draft_id])
        return reverse("answers:ask_page", args=[self.draft_id, page])

    def see(self, page: str, **query: str) -> Any:
        return self.client.get(self.address(page), query)

    def send(self, page: str, **typed: Any) -> Any:
        return self.client.post(self.address(page), typed)

    def fill(self, **other: Any) -> "Walker":
        """Fill in every page that comes before the contact, and the consent."""
        typed = {
            "topic": make_topic().pk,
            "office": str(self.district.schools.pk),
            "title": "居住证积分如何办理入学",
            "text": TEXT,
            "place": "",
            "consents": "yes",
        } | other
        for page, names in (
            ("topic", ["topic"]),
            ("office", ["office"]),
            ("question", ["title", "text"]),
            ("place", ["place"]),
            ("consent", ["consents"]),
        ):
            self.send(page, **{name: typed[name] for name in names})
        return self

    def proof(self) -> str:
        """The solution of a challenge for this draft."""
        task = new_challenge(self.draft_id)
        nonce = solve(str(task["salt"]), int(task["difficulty"]))
        return f"{task['salt']}:{task['difficulty']}:{task['signature']}:{nonce}"

    def submit(self, **sent: Any) -> Any:
        return self.client.post(self.address("check"), {"proof": self.proof(), "website": ""} | sent)

    @property
    def draft(self) -> AskDraft:
        return AskDraft.objects.get(pk=self.draft_id)
