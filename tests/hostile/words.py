"""Word packages whose XML is hostile: entities, nesting, spans without end, styles that rest on themselves."""

from __future__ import annotations

from functools import partial

from tests.extractors.docxfiles import CONTENT_TYPES, NAMESPACES, document, relationships
from tests.hostile.case import READ, Case, case
from tests.hostile.packages import MAIN, TEXT, parts
from tests.hostile.zips import archive, entry

LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
FILE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
FORBIDDEN = "xml_forbidden_construct"


def _docx(body: str, **more: str) -> bytes:
    return archive(parts(body, **more))


def _part(name: str, raw: str | bytes) -> bytes:
    """A DOCX in which one part has these bytes instead of its own."""
    kept = [one for one in parts() if one.name != name]
    return archive([*kept, entry(name, raw)])


def _main(raw: str | bytes) -> bytes:
    return _part(MAIN, raw)


def _table(rows: str, grid: str = "") -> str:
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _cell(text: str = "1", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _span(count: int, rows: int = 1) -> bytes:
    cell = _cell("1", f'<w:gridSpan w:val="{count}"/>')
    return _docx(_table(_row(cell) * rows + _row(_cell(), _cell())))


def _before(count: int) -> bytes:
    return _docx(_table(_row(_cell(), properties=f'<w:gridBefore w:val="{count}"/>') * 2))


def _nested_tables(depth: int) -> bytes:
    return _docx("<w:tbl><w:tr><w:tc><w:p/>" * depth + TEXT + "<w:p/></w:tc></w:tr></w:tbl>" * depth)


def _merged_down(rows: int) -> bytes:
    mark = "<w:vMerge/>"
    return _docx(_table(_row(_cell("甲", mark), _cell("1", mark)) * rows))


def _styles(body: str) -> str:
    return f"<w:styles {NAMESPACES}>{body}</w:styles>"


def _style(name: str, based_on: str) -> str:
    inside = f'<w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
    return f'<w:style w:type="paragraph" w:styleId="{name}">{inside}</w:style>'


def _chain(length: int) -> bytes:
    body = "".join(_style(f"s{number}", f"s{number + 1}") for number in range(length))
    return _docx('<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>' * 50, styles=_styles(body))


def _numbering_circle() -> bytes:
    numbering = (
        f"<w:numbering {NAMESPACES}>"
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="a"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="a"/><w:numStyleLink w:val="a"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    styles = _styles(
        '<w:style w:type="numbering" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return _docx(f"<w:p>{number}<w:r><w:t>甲</w:t></w:r></w:p>" * 20, numbering=numbering, styles=styles)


def _numbers(level: str) -> bytes:
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{level}"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%1%1%9"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return _docx(f"<w:p>{number}<w:r><w:t>甲</w:t></w:r></w:p>" * 200, numbering=numbering)


def _linked(target: str, kind: str = "attachedTemplate") -> bytes:
    rels = relationships(("r9", kind, target), ("r8", "styles", target), ("r7", "image", target))
    return archive(
        [
            *parts('<w:p><w:hyperlink r:id="r9"><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>'),
            entry("word/_rels/document.xml.rels", rels),
        ]
    )


def _footnote_circle() -> bytes:
    inner = '<w:p><w:r><w:t>注</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{inner}</w:footnote></w:footnotes>'
    return _docx(inner * 20, footnotes=notes)


def _laughing(name: str, root: str) -> Case:
    short = name.replace("[", "").replace("]", "").replace("/", "-").replace(".", "-").strip("-").lower()
    return case(f"docx-entities-in-{short}", FORBIDDEN, partial(_part, name, f"{LAUGHS}{root}"))


def _attributes(pattern: str, count: int) -> bytes:
    return _docx(f"<w:p {' '.join(map(pattern.format, range(count)))}/>{TEXT}")


def _field_nest(depth: int) -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF 1 = 1</w:instrText></w:r>'
    return _docx(f"<w:p>{begin * depth}<w:r><w:t>甲</w:t></w:r></w:p>{TEXT}")


CASES: list[Case] = [
    case("docx-numbers-of-5-000-digits", READ, partial(_numbers, "9" * 5_000)),
    case(
        "docx-sizes-of-5-000-digits",
        READ,
        lambda: _docx(f'<w:p><w:r><w:rPr><w:sz w:val="{"9" * 5_000}"/></w:rPr><w:t>甲</w:t></w:r></w:p>'),
    ),
    case("docx-10-000-rows-merged-down", "read|too_many_cells", partial(_merged_down, 10_000)),
    _laughing(MAIN, document("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")),
    _laughing("_rels/.rels", relationships(("r1", "officeDocument", MAIN))),
    _laughing("[Content_Types].xml", CONTENT_TYPES.partition("?>")[2]),
    _laughing("word/styles.xml", _styles("&a9;")),
    _laughing("word/numbering.xml", f"<w:numbering {NAMESPACES}>&a9;</w:numbering>"),
    _laughing("word/footnotes.xml", f"<w:footnotes {NAMESPACES}>&a9;</w:footnotes>"),
    _laughing("word/_rels/document.xml.rels", relationships(("r9", "styles", "&a9;"))),
    case("docx-a-file-as-entity", FORBIDDEN, lambda: _main(FILE + document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"))),
    case("docx-a-file-as-entity-in-rels", FORBIDDEN, lambda: _part("_rels/.rels", FILE + relationships())),
    case(
        "docx-a-dtd-elsewhere",
        FORBIDDEN,
        lambda: _main('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">' + document(TEXT)),
    ),
    case(
        "docx-entities-in-utf-16",
        FORBIDDEN,
        lambda: _main(('<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + document("&a9;")).encode("utf-16")),
    ),
    case(
        "docx-entities-in-utf-16-without-mark",
        f"{FORBIDDEN}|corrupt",
        lambda: _main(('<?xml version="1.0" encoding="UTF-16LE"?>' + LAUGHS + document("&a9;")).encode("utf-16-le")),
    ),
    case(
        "docx-entities-in-utf-32",
        f"{FORBIDDEN}|corrupt",
        lambda: _main(('<?xml version="1.0" encoding="UTF-32"?>' + LAUGHS + document("&a9;")).encode("utf-32")),
    ),
    case(
        "docx-entities-in-ebcdic",
        f"{FORBIDDEN}|corrupt",
        lambda: _main(
            ('<?xml version="1.0" encoding="cp037"?>' + LAUGHS + document("&a9;")).encode("cp037", "replace")
        ),
    ),
    case(
        "docx-entities-in-utf-7",
        f"{FORBIDDEN}|corrupt",
        lambda: _main(b'<?xml version="1.0" encoding="UTF-7"?>' + (LAUGHS + document("&a9;")).encode("utf-7")),
    ),
    case(
        "docx-that-includes-a-file",
        READ,
        lambda: _docx(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>' + TEXT
        ),
    ),
    case("docx-100-000-levels-deep", "corrupt", lambda: _docx("<w:sdt><w:sdtContent>" * 50_000)),
    case(
        "docx-250-levels-deep",
        READ,
        lambda: _docx("<w:sdt><w:sdtContent>" * 120 + TEXT + "</w:sdtContent></w:sdt>" * 120),
    ),
    case("docx-an-attribute-of-20-mb", "corrupt", lambda: _docx(f'<w:p w:rsid="{"x" * 20_000_000}"/>')),
    case("docx-a-word-of-2-mb", READ, lambda: _docx(f"<w:p><w:r><w:t>{'1,234.' * 350_000}</w:t></w:r></w:p>")),
    case("docx-a-cell-of-2-mb", READ, lambda: _docx(_table(_row(_cell("9" * 2_000_000), _cell()) * 2))),
    case("docx-spaces-and-brackets", READ, lambda: _docx(TEXT + f"<w:p><w:r><w:t>{'（ ' * 200_000}</w:t></w:r></w:p>")),
    case("docx-a-span-of-a-million", "read|too_many_cells", partial(_span, 1_000_000)),
    case("docx-a-span-of-a-billion", "read|too_many_cells", partial(_span, 1_000_000_000)),
    case("docx-a-negative-span", READ, partial(_span, -5)),
    case("docx-5-000-rows-of-wide-spans", "read|too_many_cells", partial(_span, 10_000, 5_000)),
    case("docx-a-billion-columns-before", "read|too_many_cells", partial(_before, 1_000_000_000)),
    case(
        "docx-100-000-columns",
        "read|too_many_cells",
        lambda: _docx(_table(_row(*["<w:tc/>"] * 3) * 2, '<w:gridCol w:w="1"/>' * 100_000)),
    ),
    case(
        "docx-steps-of-rows",
        "read|too_many_cells",
        lambda: _docx(
            _table(
                "".join(_row(_cell(), properties=f'<w:gridBefore w:val="{number * 7}"/>') for number in range(3_000))
            )
        ),
    ),
    case("docx-merged-down-for-ever", READ, partial(_merged_down, 3_000)),
    case("docx-tables-60-deep", READ, partial(_nested_tables, 60)),
    case("docx-tables-10-000-deep", "corrupt", partial(_nested_tables, 10_000)),
    case("docx-a-style-on-itself", READ, lambda: _docx(TEXT, styles=_styles(_style("a", "b") + _style("b", "a")))),
    case("docx-styles-in-a-long-chain", READ, partial(_chain, 20_000)),
    case("docx-numbers-in-a-circle", READ, _numbering_circle),
    case("docx-a-roman-number-of-nine-digits", READ, partial(_numbers, "999999999")),
    case("docx-a-number-that-is-none", READ, partial(_numbers, "1e9")),
    case("docx-a-template-elsewhere", READ, partial(_linked, "http://127.0.0.1:9/evil.dotm")),
    case("docx-a-template-on-a-share", READ, partial(_linked, "file://host/share/evil.dotm")),
    case("docx-parts-that-climb", READ, partial(_linked, "../../../../../etc/passwd", "styles")),
    case("docx-a-part-that-is-itself", READ, partial(_linked, "document.xml", "footnotes")),
    case("docx-a-footnote-on-itself", READ, _footnote_circle),
    case("docx-fields-in-fields", READ, partial(_field_nest, 20_000)),
    case("docx-nul-in-its-text", "corrupt", lambda: _main(document(TEXT.replace("部", "\0")))),
    case("docx-a-text-of-nothing", "corrupt", lambda: _main("")),
    case("docx-a-text-of-zeros", "corrupt", lambda: _main(bytes(1_000_000))),
    case(
        "docx-200-000-attributes",
        "corrupt|read",
        partial(_attributes, 'a{}=""', 200_000),
    ),
    case(
        "docx-50-000-namespaces",
        "corrupt|read",
        partial(_attributes, 'xmlns:a{0}="u{0}"', 50_000),
    ),
    case(
        "docx-macros-and-objects",
        READ,
        lambda: archive(
            [
                *parts(),
                entry("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 99),
                entry("word/embeddings/oleObject1.bin", b"MZ" * 99),
            ]
        ),
    ),
]
