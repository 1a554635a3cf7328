"""What kind of data a field holds: said once by the app that owns it, read by everything that must know.

Exports, logs, the erasure and the generated reference ask this registry; a test fails for a field
of ours that nobody has classified. PIPL (个人信息保护法) art. 4 and 28 say what is personal, art. 19
that it is kept no longer than its purpose needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """How carefully a field is handled.

    PUBLIC may stand on a public page. INTERNAL is the house's own: states, instants, ids.
    PERSONAL tells something about a person. SENSITIVE harms them when it leaks (contacts,
    credentials, what they have attached): such text is stored sealed, or as a keyed fingerprint.
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Subject(StrEnum):
    """Whom a personal field is about."""

    NOBODY = ""
    ASKER = "asker"  # who asked the question, with or without an account
    HOLDER = "holder"  # of the account
    STAFF = "staff"  # somebody acting for an office
    VISITOR = "visitor"  # whoever reads the site, known by nothing else


PUBLIC, INTERNAL, PERSONAL, SENSITIVE = DataClass
PRIVATE = frozenset({PERSONAL, SENSITIVE})
# Endings of the names of fields that hold nothing readable.
SEALED, FINGERPRINT = "_sealed", ("_index", "_hash")


@dataclass(frozen=True)
class Field:
    """A field of a table. model: "app_label.Model". why, until: for the reference, of private fields only."""

    model: str
    name: str
    data_class: DataClass
    subject: Subject
    why: str
    until: str

    @property
    def is_private(self) -> bool:
        """Tell whether it says something about a person."""
        return self.data_class in PRIVATE

    @property
    def is_unreadable(self) -> bool:
        """Tell whether only a fingerprint of the value is kept."""
        return self.name.endswith(FINGERPRINT)


_fields: dict[tuple[str, str], Field] = {}
_private_names: set[str] = set()


def classify(
    model: str,
    fields: Mapping[str, DataClass],
    *,
    subject: Subject = Subject.NOBODY,
    why: str = "",
    until: str = "",
) -> None:
    """Say what the fields of a model hold; may be called again for its other fields.

    why, until: what private fields are kept for and how long, in words of the reference.
    Raises ValueError for a field that is classified twice, or a private one without subject, purpose or end.
    """
    for name, data_class in fields.items():
        field = Field(model, name, data_class, subject, why, until)
        if _fields.get((model, name), field) != field:
            raise ValueError(f"{model}.{name} is classified twice")
        if field.is_private and not (subject and why and until):
            raise ValueError(f"{model}.{name} is private: say whose it is, why it is kept and how long")
        _fields[model, name] = field
        if field.is_private:
            _private_names.update({name, name.removesuffix(SEALED)})


def all_fields() -> Iterator[Field]:
    """Return every classified field, in order of model and name."""
    return iter(sorted(_fields.values(), key=lambda field: (field.model, field.name)))


def field_of(model: str, name: str) -> Field | None:
    """Return what is said of a field; None when nothing is."""
    return _fields.get((model, name))


def private_fields(*subjects: Subject) -> list[Field]:
    """Return the private fields about these subjects, in order."""
    return [field for field in all_fields() if field.is_private and field.subject in subjects]


def is_private_name(name: str) -> bool:
    """Tell whether some table keeps private data under this name; for whatever only sees names, such as a log."""
    return name in _private_names


def public(names: str) -> dict[str, DataClass]:
    """Classify these names, parted by blanks, as public."""
    return dict.fromkeys(names.split(), PUBLIC)


def internal(names: str) -> dict[str, DataClass]:
    """Classify these names, parted by blanks, as internal."""
    return dict.fromkeys(names.split(), INTERNAL)
