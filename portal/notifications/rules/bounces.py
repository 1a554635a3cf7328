"""What a mail server's refusal means, as far as its reply says (RFC 3463, RFC 5321 4.2.3)."""

import re

# Causes: codes that people's words are found by (`labels`).
NO_SUCH_ADDRESS = "no_such_address"
MAILBOX_FULL = "mailbox_full"
REFUSED = "refused"

ENHANCED = re.compile(r"\b[245]\.(\d{1,3}\.\d{1,3})\b")
# Bad mailbox, bad system, bad syntax, moved without forwarding; mailbox disabled; no such domain to take mail.
_NO_ADDRESS = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4"})
_FULL = frozenset({"2.2"})


def cause_of(code: int, reply: str, *, of_recipient: bool) -> str:
    """Return why a message was refused for good.

    code: three digits; reply: the server's words, of which only an enhanced status is looked at.
    of_recipient: it answered to RCPT, where a plain 550 is about the address; after DATA it is about the message.
    """
    if found := ENHANCED.search(reply):
        detail = found[1]
        if detail in _NO_ADDRESS:
            return NO_SUCH_ADDRESS
        return MAILBOX_FULL if detail in _FULL else REFUSED
    if code == 552:
        return MAILBOX_FULL
    return NO_SUCH_ADDRESS if of_recipient and code in (550, 551, 553) else REFUSED
