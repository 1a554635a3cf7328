"""What became of a message that did not go out: the codes that are kept of it, and how handing over can fail."""

# Why a message is not sent after all.
UNWANTED = "unwanted"  # its recipient has switched it off
OUTDATED = "outdated"  # it came too late to be of use
DONE = "done"  # what it asks for has been done
NO_ADDRESS = "no_address"
NO_WORDS = "no_words"  # the app that had them is no longer installed


class Refused(Exception):
    """Raised when this message will never be taken: no use trying again."""


class Unreachable(Exception):
    """Raised when the other side takes nothing from us now: the whole channel waits."""
