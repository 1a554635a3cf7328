"""How handing a message over can fail, beyond "this time"."""


class Refused(Exception):
    """Raised when this message will never be taken: no use trying again."""


class Unreachable(Exception):
    """Raised when the other side takes nothing from us now: the whole channel waits."""
