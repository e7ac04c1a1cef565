"""OFD files that attack: by their XML, by references that run in circles, by numbers."""

from __future__ import annotations

from tests.extractors.ofdfiles import XMLNS, ofd, page, path, text
from tests.hostile.case import READ, Case, case

_LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(8)
)
_RES = "<ofd:PublicRes>Res.xml</ofd:PublicRes>"


def _units(*units: str) -> str:
    return f"<ofd:Res {XMLNS}><ofd:CompositeGraphicUnits>{''.join(units)}</ofd:CompositeGraphicUnits></ofd:Res>"


def _unit(name: str, content: str) -> str:
    return f'<ofd:CompositeGraphicUnit ID="{name}"><ofd:Content>{content}</ofd:Content></ofd:CompositeGraphicUnit>'


def _placed(name: str) -> str:
    return f'<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="{name}"/>'


def _fan() -> bytes:
    """Eight units, each drawing the next one thirty times."""
    units = [_unit(str(n), _placed(str(n + 1)) * 30) for n in range(8)]
    return ofd(page(_placed("0")), common=_RES, Doc_0__Res=_units(*units, _unit("8", text("1 1", "9") * 30)))


def _parameters() -> bytes:
    circle = '<ofd:DrawParam ID="1" Relative="2"/><ofd:DrawParam ID="2" Relative="1"/>'
    listed = f"<ofd:Res {XMLNS}><ofd:DrawParams>{circle}</ofd:DrawParams></ofd:Res>"
    return ofd(page(text("1 1", "9"), layer='DrawParam="1"'), common=_RES, Doc_0__Res=listed)


def _listing(pages: str) -> dict[str, str]:
    return {"Doc_0/Document.xml": f"<ofd:Document {XMLNS}><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"}


def _document(pages: str) -> bytes:
    return ofd(**_listing(pages))


_BAD = "nan inf -inf 1e999 -1e999"
CASES: list[Case] = [
    case("ofd-of-nothing-but-its-name", "corrupt", lambda: ofd(**{"OFD.xml": "<x/>"})),
    case("ofd-with-entities-at-its-root", "xml_forbidden_construct",
         lambda: ofd(**{"OFD.xml": _LAUGHS + "]><x>&i;</x>"})),
    case("ofd-with-entities-in-a-page", "xml_forbidden_construct", lambda: ofd(_LAUGHS + "]><x>&i;</x>")),
    case("ofd-with-entities-in-its-resources", "xml_forbidden_construct",
         lambda: ofd(page(), common=_RES, Doc_0__Res=_LAUGHS + "]><x>&i;</x>")),
    case("ofd-that-is-its-own-document", "corrupt|read",
         lambda: ofd(**{"Doc_0/Document.xml": f"<ofd:OFD {XMLNS}><ofd:Pages/></ofd:OFD>"})),
    case("ofd-whose-page-is-its-document", "corrupt|read", lambda: _document('<ofd:Page BaseLoc="Document.xml"/>')),
    case("ofd-of-one-page-400-times", READ,
         lambda: ofd(page(text("1 1", "9")), **_listing('<ofd:Page BaseLoc="Pages/0.xml"/>' * 400))),
    case("ofd-of-100000-pages", "too_many_pages", lambda: _document('<ofd:Page BaseLoc="P.xml"/>' * 100_000)),
    case("ofd-whose-pages-climb-out", "corrupt", lambda: _document('<ofd:Page BaseLoc="../../../../etc/passwd"/>')),
    case("ofd-whose-page-is-an-address", "corrupt", lambda: _document('<ofd:Page BaseLoc="http://127.0.0.1/x"/>')),
    case("ofd-whose-template-is-its-page", READ, lambda: ofd(
        page(text("1 1", "9"), before='<ofd:Template TemplateID="7"/>' * 1000),
        common='<ofd:TemplatePage ID="7" BaseLoc="Pages/0.xml"/>')),
    case("ofd-whose-graphics-draw-themselves", READ, lambda: ofd(
        page(_placed("9") * 10), common=_RES, Doc_0__Res=_units(_unit("9", _placed("9") * 10)))),
    case("ofd-of-30-to-the-8-texts", READ, _fan),
    case("ofd-of-nested-blocks", READ, lambda: ofd(page("<ofd:PageBlock>" * 200 + "</ofd:PageBlock>" * 200))),
    case("ofd-of-blocks-nested-without-end", "corrupt|read", lambda: ofd(page("<ofd:PageBlock>" * 100_000))),
    case("ofd-whose-parameters-inherit-in-a-circle", READ, _parameters),
    case("ofd-of-a-billion-steps", READ,
         lambda: ofd(page(text("1 1", "9" * 50, 'X="0" Y="4" DeltaX="g 999999999 1"')))),
    case("ofd-of-a-million-steps-written-out", READ,
         lambda: ofd(page(text("1 1", "99", f'X="0" Y="4" DeltaX="{"1 " * 1_000_000}"')))),
    case("ofd-of-200000-characters", "corrupt", lambda: ofd(page(text("1 1", "9" * 200_000)))),
    case("ofd-of-numbers-that-are-none", READ, lambda: ofd(page(
        text(f"{_BAD}", "9", f'X="{_BAD}" Y="-" DeltaX="{_BAD}"', f'CTM="{_BAD} 0" HScale="nan"'),
        path(_BAD, f"M {_BAD} L 1 1 B 1 1", 'LineWidth="nan"')))),
    case("ofd-of-numbers-with-a-million-digits", READ, lambda: ofd(page(text("9" * 1_000_000 + " 1", "9")))),
    case("ofd-of-a-page-without-size", READ + "|corrupt", lambda: ofd(
        page(text("1 1", "9"), area="<ofd:Area><ofd:PhysicalBox>0 0 0 0</ofd:PhysicalBox></ofd:Area>"))),
    case("ofd-of-a-page-as-wide-as-the-sea", "corrupt", lambda: ofd(
        page(text("1 1", "9"), area="<ofd:Area><ofd:PhysicalBox>0 0 9e6 9e6</ofd:PhysicalBox></ofd:Area>"))),
    case("ofd-of-a-path-with-a-million-points", READ,
         lambda: ofd(page(path("0 0 9 9", "M 0 0 " + "L 1 1 " * 1_000_000)))),
    case("ofd-of-50000-rules", READ, lambda: ofd(page(
        *(path(f"{n % 200} {n % 90} 5 0.1", "M 0 0 L 5 0") for n in range(50_000))))),
    case("ofd-behind-a-password", "encrypted", lambda: ofd(page(), **{"Encryptions.xml": "<x/>"})),
]  # fmt: skip
