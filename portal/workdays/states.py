"""What can happen to a version of the calendar: two people stand behind each that counts."""

from enum import StrEnum

from portal.kernel.machine import Machine, Step


class VersionState(StrEnum):
    """Where a version stands. One of a layer and year is active at a time."""

    DRAFT = "draft"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PROPOSER, SECOND_PERSON, NEXT_VERSION = "proposer", "second person", "next version"

MACHINE = Machine(
    states=VersionState,
    initial=VersionState.DRAFT,
    steps=(
        Step("confirm", frozenset({VersionState.DRAFT}), VersionState.ACTIVE, frozenset({SECOND_PERSON})),
        Step("reject", frozenset({VersionState.DRAFT}), VersionState.REJECTED, frozenset({SECOND_PERSON})),
        Step("withdraw", frozenset({VersionState.DRAFT}), VersionState.WITHDRAWN, frozenset({PROPOSER})),
        # It stays in the tables: what was promised under it is recomputed under it.
        Step("supersede", frozenset({VersionState.ACTIVE}), VersionState.SUPERSEDED, frozenset({NEXT_VERSION})),
    ),
)
