"""What can be wrong with a file. The sentences are in `portal.files.refusals`."""

from enum import StrEnum


class Fault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TYPE_UNKNOWN = "type_unknown"
    HEIC = "heic"
    OLD_OFFICE = "old_office"
    NAME_DISAGREES = "name_disagrees"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    MACROS = "macros"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    ACTIVE_PDF = "active_pdf"


class BadFile(Exception):
    """Raised by the checks; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
