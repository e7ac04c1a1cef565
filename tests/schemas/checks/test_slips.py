from decimal import Decimal

import pytest

from schemas.checks.slips import Slip, slip_of


@pytest.mark.parametrize(
    ("printed", "fits", "slip"),
    [
        ("7.00", "2.00", Slip.DIGIT),
        ("709.41", "706.41", Slip.DIGIT),
        ("907.41", "709.41", None),
        ("790.41", "709.41", Slip.TURNED),
        ("709.4", "709.41", Slip.DIGIT),
        ("79.41", "709.41", Slip.LOST),
        ("7009.41", "709.41", Slip.ADDED),
        ("70941", "709.41", Slip.POINT),
        ("70.941", "709.41", Slip.POINT),
        ("-15.42", "15.42", Slip.SIGN),
        ("7094100", "709.41", Slip.UNIT),
        ("64840547", "0", Slip.NOTHING),
        ("12.00", "80.50", None),
        ("5.00", "5.00", None),
    ],
)
def test_the_slip_between_what_is_printed_and_what_would_fit(printed: str, fits: str, slip: Slip | None) -> None:
    assert slip_of(Decimal(printed), Decimal(fits)) is slip


@pytest.mark.parametrize("slip", list(Slip))
def test_every_slip_is_said_in_both_languages(slip: Slip) -> None:
    assert slip.en.isascii() or "元" in slip.en
    assert any("一" <= character <= "鿿" for character in slip.zh)
