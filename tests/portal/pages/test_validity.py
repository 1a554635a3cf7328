"""Whether a policy document is in force, as of a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.workdays import ONE_DAY
from portal.pages.conditions import validity_is
from portal.pages.rules.validity import Force, Validity, validity

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
FORCES = st.builds(Force, DAYS, st.none() | DAYS, st.none() | DAYS)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("force", "on", "found"),
    [
        (Force(date(2026, 1, 1)), date(2025, 12, 31), Validity.AHEAD),
        (Force(date(2026, 1, 1)), date(2026, 1, 1), Validity.IN_FORCE),
        (Force(date(2026, 1, 1), expires_on=date(2026, 6, 30)), date(2026, 6, 30), Validity.IN_FORCE),
        (Force(date(2026, 1, 1), expires_on=date(2026, 6, 30)), date(2026, 7, 1), Validity.OVER),
        (Force(date(2026, 1, 1), repealed_on=date(2026, 3, 1)), date(2026, 2, 28), Validity.IN_FORCE),
        (Force(date(2026, 1, 1), repealed_on=date(2026, 3, 1)), date(2026, 3, 1), Validity.OVER),
        (Force(date(2026, 6, 1), repealed_on=date(2026, 3, 1)), date(2026, 4, 1), Validity.OVER),
    ],
)
def test_a_document_is_in_force_from_its_first_day_to_its_last(force, on, found):
    assert validity(force, on) is found


@pytest.mark.unit
@given(FORCES, DAYS)
def test_what_is_over_stays_over(force, on):
    if validity(force, on) is Validity.OVER:
        assert validity(force, on + ONE_DAY) is Validity.OVER


@pytest.mark.unit
@given(FORCES, DAYS)
def test_what_is_not_ahead_any_more_never_is_again(force, on):
    if validity(force, on) is not Validity.AHEAD:
        assert validity(force, on + ONE_DAY) is not Validity.AHEAD


@pytest.mark.django_db
def test_lists_find_by_the_same_rule(clock):
    from portal.pages.models import PolicyPage
    from tests.factories.pages import policy

    jan, mar, jun = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)
    for number, (begins, expires, repealed) in enumerate(
        [(jan, None, None), (jan, mar, None), (jan, None, mar), (jun, None, None), (jun, None, mar), (jan, jun, mar)]
    ):
        policy(slug=f"policy-{number}", in_force_on=begins, expires_on=expires, repealed_on=repealed)

    for on in (date(2025, 12, 31), jan, mar, mar + ONE_DAY, jun, jun + ONE_DAY):
        for asked in Validity:
            found = set(PolicyPage.objects.filter(validity_is(asked, on)).values_list("slug", flat=True))
            assert found == {page.slug for page in PolicyPage.objects.all() if validity(page.force, on) is asked}
