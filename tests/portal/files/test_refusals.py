import pytest
from django.utils.translation import override

from portal.files import refusals
from portal.files.rules import MAX_BYTES, MAX_FILES, Fault


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_a_sentence(fault):
    reason = refusals.of(fault).reason

    assert reason.code == fault.value
    assert str(reason).endswith("。")


def test_the_sentences_name_the_limits_that_hold():
    with override("zh-hans"):
        assert f"{MAX_BYTES // 2**20} MB" in str(refusals.of(Fault.TOO_LARGE).reason)
        assert f" {MAX_FILES} " in str(refusals.TOO_MANY_FILES)
