"""What ties an upload to a form that is not submitted yet."""

import hashlib
from datetime import timedelta

# Real time: an abandoned form's files are gone a day later, whatever a demo's clock says.
KEPT_FOR = timedelta(hours=24)
# All drafts together, so that nobody fills the disk on which submissions must be kept.
MAX_BYTES_OF_ALL_DRAFTS = 2 * 2**30


def draft_key(form_token: str) -> str:
    """Return the fingerprint of a form's random token (at least 128 bits, so it needs no salt)."""
    return hashlib.sha256(b"yishi.draft.1:" + form_token.encode()).hexdigest()
