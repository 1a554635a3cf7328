"""The task behind the last button: set by us, bound to one draft, checked without remembering it."""

import secrets
from uuid import UUID

from django.conf import settings
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from portal.answers.rules.proof_of_work import solves

_signer = Signer(salt="portal.answers.challenge")


def new_challenge(draft_id: UUID) -> dict[str, str | int]:
    """Return a task for one draft: salt, difficulty in zero bits, and our signature over both."""
    salt = secrets.token_hex(16)
    difficulty = settings.ANSWERS_PROOF_BITS
    return {"salt": salt, "difficulty": difficulty, "signature": _signature(draft_id, salt, str(difficulty))}


def is_solved(draft_id: UUID, proof: str) -> bool:
    """Tell whether ``<salt>:<difficulty>:<signature>:<nonce>`` solves a task that we set for this draft."""
    parts = proof.split(":")
    if len(parts) != 4:
        return False
    salt, difficulty, signature, nonce = parts
    is_ours = constant_time_compare(signature, _signature(draft_id, salt, difficulty))
    return is_ours and solves(salt, nonce, int(difficulty))


def _signature(draft_id: UUID, salt: str, difficulty: str) -> str:
    return _signer.signature(f"{draft_id}:{salt}:{difficulty}")
