"""The demo's people and their offices, from the TOML files beside this module."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from portal.accounts.actions import appoint, create_office, register_person
from portal.accounts.models import Appointment, Office, Role, User
from portal.kernel.actors import system
from portal.kernel.clock import FixedClock

HERE = Path(__file__).parent
SEEDING = system("demo")
# Known to everybody, and refused outside the demo (see `seeding.seed`).
PASSWORD = "yishi-demo-2026"  # noqa: S105
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105

FAMILY_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN_NAMES = ("建国", "秀英", "志强", "丽华", "海燕", "文杰", "晓东", "雪梅", "国平", "静怡")


@dataclass(frozen=True)
class Account:
    """One line of the table of demo accounts."""

    role: str
    login: str
    name: str
    office: str
    totp_secret: str | None


def read(name: str) -> dict[str, Any]:
    """Return one of the demo's data files; of a folder, what its files say together, list by list and table by table."""
    folder = HERE / name
    if not folder.is_dir():
        return _parsed(HERE / f"{name}.toml")
    told: dict[str, Any] = {}
    for part in sorted(folder.glob("*.toml")):
        for key, value in _parsed(part).items():
            told[key] = told.get(key, type(value)()) + value if isinstance(value, list) else told.get(key, {}) | value
    return told


def _parsed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def make_offices(since: datetime) -> None:
    """Found the tree of offices."""
    founded: dict[str, UUID] = {}
    for fields in read("offices")["office"]:
        parent = fields.pop("parent", None)
        above = founded[parent] if parent else None
        founded[fields["code"]] = create_office(parent_id=above, by=SEEDING, clock=FixedClock(since), **fields).pk


def make_people(since: datetime) -> None:
    """Create the named people, and a spokesperson and an officer for every office that answers."""
    # Hashed once: it is one password, and hashing is slow by design.
    hashed = make_password(PASSWORD)
    for person in read("people")["person"]:
        _person(person, hashed, since)
    answering = Office.objects.filter(takes_questions=True, is_centre=False).order_by("path")
    for index, office in enumerate(answering):
        for offset, role in enumerate((Role.SPOKESPERSON, Role.OFFICER, Role.LEADER)):
            number = index * 3 + offset
            name = FAMILY_NAMES[number % len(FAMILY_NAMES)] + GIVEN_NAMES[number % len(GIVEN_NAMES)]
            login = f"{role.value}.{office.code}@demo.example"
            _person({"login": login, "name": name, "roles": [[role.value, office.code]]}, hashed, since)


def accounts() -> list[Account]:
    """Return the table of demo accounts: the named ones, then one spokesperson and officer per office."""
    rows = []
    for person in read("people")["person"]:
        offices = ", ".join(code for _role, code in person.get("roles", []))
        secret = TOTP_SECRET if person.get("totp") else None
        rows.append(Account(person["role_shown"], person["login"], person["name"], offices, secret))
    held = Appointment.objects.filter(user__email__contains=".").select_related("user", "office")
    for row in held.order_by("office__path", "role"):
        if row.user.email == f"{row.role}.{row.office.code}@demo.example":
            rows.append(Account(row.role, row.user.email, row.user.name, row.office.code, None))
    return rows


def _person(fields: dict[str, Any], hashed_password: str, since: datetime) -> None:
    clock = FixedClock(since)
    user = register_person(
        name=fields["name"],
        email=fields["login"],
        residency=fields.get("residency", User.Residency.UNSTATED),
        by=SEEDING,
        clock=clock,
    )
    User.objects.filter(pk=user.pk).update(password=hashed_password, is_superuser=fields.get("administrator", False))
    for role, code in fields.get("roles", []):
        appoint(user.pk, office_id=Office.objects.get(code=code).pk, role=role, by=SEEDING, clock=clock)
    if fields.get("totp"):
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": get_mfa_adapter().encrypt(TOTP_SECRET)}
        )
