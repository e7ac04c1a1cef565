"""Layers (optional content): what a viewer does not show when the file is opened is not read."""

from __future__ import annotations

import io

import pytest
from pikepdf import Encryption, ObjectStreamMode, Pdf

from extractors.formats.pdf import rewriting
from tests.extractors.pdf.drawn import read, rows_of
from tests.extractors.pdf.rawpdf import FONT, HELVETICA, RULES, form, one_page, say

DRAWN = b"/OC /P1 BDC q %s Q EMC " % say(b"9.99", 165, 486) + say(b"1.50", 165, 466)
LAYER = b"<</Type/OCG/Name(draft)%s>>"
OFF, ON = b"/OFF[7 0 R]", b"/ON[7 0 R]"
HIDDEN, SHOWN = ["", "1.50"], ["9.99", "1.50"]


def layered(default: bytes, *, rule: bytes | None = None, content: bytes = DRAWN, usage: bytes = b"") -> bytes:
    """A file with one layer, which is object 7; its content knows it, or a rule over it, as P1."""
    catalogue = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[7 0 R]/D<<%s>>>>>>" % default
    objects = {**HELVETICA, 1: catalogue, 7: LAYER % usage, 8: rule or b"null", 9: form(say(b"9.99", 165, 486))}
    objects[9] = objects[9].replace(b"/Subtype/Form", b"/Subtype/Form/OC 7 0 R")
    known = b"/Properties<</P1 %d 0 R>>/XObject<</X 9 0 R>>" % (8 if rule else 7)
    return one_page(RULES + content, objects, resources=FONT + known)


def amounts(data: bytes, password: str | None = None) -> list[str]:
    document = read(data, password=password)
    assert document.notices == ()
    return [row[1] for row in rows_of(document.grids[0])]


def test_what_belongs_to_a_layer_that_is_off_is_not_read() -> None:
    assert amounts(layered(OFF)) == HIDDEN
    assert amounts(layered(b"")) == SHOWN
    assert amounts(layered(b"/BaseState/OFF")) == HIDDEN
    assert amounts(layered(b"/BaseState/OFF" + ON)) == SHOWN


@pytest.mark.parametrize(
    ("rule", "when_off", "when_on"),
    [
        (b"/OCGs 7 0 R", HIDDEN, SHOWN),
        (b"/OCGs[7 0 R]/P/AllOn", HIDDEN, SHOWN),
        (b"/OCGs[7 0 R]/P/AllOff", SHOWN, HIDDEN),
        (b"/OCGs[7 0 R]/P/AnyOff", SHOWN, HIDDEN),
        (b"/VE[/Not 7 0 R]", SHOWN, HIDDEN),
        (b"/VE[/And 7 0 R[/Or 7 0 R[/Not 7 0 R]]]", HIDDEN, SHOWN),
    ],
)
def test_rules_over_layers_say_what_is_shown(rule: bytes, when_off: list[str], when_on: list[str]) -> None:
    rule = b"<</Type/OCMD%s>>" % rule

    assert amounts(layered(OFF, rule=rule)) == when_off
    assert amounts(layered(b"", rule=rule)) == when_on


def test_a_layer_for_print_alone_is_not_read() -> None:
    viewing = b"/AS[<</Event/View/Category[/View]/OCGs[7 0 R]>>]"

    assert amounts(layered(viewing, usage=b"/Usage<</View<</ViewState/OFF>>>>")) == HIDDEN
    assert amounts(layered(viewing + OFF, usage=b"/Usage<</View<</ViewState/ON>>>>")) == SHOWN


def test_what_follows_a_hidden_text_stays_where_it_was() -> None:
    moving = b"BT /F1 9 Tf 12 TL 165 498 Td /OC /P1 BDC (9.99) ' 0 -20 Td EMC (1.50) Tj ET "

    assert amounts(layered(OFF, content=moving)) == HIDDEN


def test_rules_of_a_hidden_layer_part_no_cell() -> None:
    wall = b"/OC /P1 BDC 210 460 m 210 500 l S EMC " + say(b"1.50", 165, 466)

    assert amounts(layered(OFF, content=wall)) == HIDDEN
    assert len(rows_of(read(layered(b"", content=wall)).grids[0])[0]) == 3


def test_a_form_that_belongs_to_a_hidden_layer_is_not_read() -> None:
    drawn = b"/X Do " + say(b"1.50", 165, 466)

    assert amounts(layered(OFF, content=drawn)) == HIDDEN
    assert amounts(layered(b"", content=drawn)) == SHOWN


def test_layers_are_found_in_streams_of_objects_and_in_encrypted_files() -> None:
    packed, secret = io.BytesIO(), io.BytesIO()
    with Pdf.open(io.BytesIO(layered(OFF).replace(b"/Root", b"/Size 10/Root"))) as pdf:
        pdf.save(packed, object_stream_mode=ObjectStreamMode.generate)
        pdf.save(secret, encryption=Encryption(owner="o", user="u"), object_stream_mode=ObjectStreamMode.generate)

    assert b"/OCProperties" not in packed.getvalue()
    assert amounts(packed.getvalue()) == HIDDEN
    assert amounts(secret.getvalue(), password="u") == HIDDEN


def test_a_file_whose_layers_cannot_be_looked_up_is_read_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise rewriting.NotRewritten

    monkeypatch.setattr(rewriting, "without_hidden_layers", broken)

    document = read(layered(OFF))

    assert [row[1] for row in rows_of(document.grids[0])] == SHOWN
    assert [notice.code for notice in document.notices] == ["text_in_layer"]
