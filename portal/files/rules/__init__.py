"""What may be uploaded, and in what form it is kept. Bytes in, bytes or a fault out."""

from portal.files.rules.checks import ACCEPT, MAX_BYTES, MAX_FILES, Clean, clean
from portal.files.rules.faults import BadFile, Fault
from portal.files.rules.kinds import Kind

__all__ = ["ACCEPT", "MAX_BYTES", "MAX_FILES", "BadFile", "Clean", "Fault", "Kind", "clean"]
