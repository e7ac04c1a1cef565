"""Web pages that are hostile: nesting and spans without end, charsets that are none, styles that cost more than text
does."""

from __future__ import annotations

import gzip

from tests.hostile.case import READ, Case, case


def _page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "surrogatepass")


def _table(rows: str) -> str:
    return f"<table border=1>{rows}</table>"


def _charset(name: str, raw: bytes = "部门决算".encode()) -> bytes:
    return f"<html><head><meta charset='{name}'></head><body><p>".encode() + raw + b"</p></body></html>"


SMALL = _table("<tr><td>项目<td>金额<tr><td>合计<td>1")
TOO_WIDE = "read|too_many_cells"
CASES: list[Case] = [
    case("html-a-million-tags-deep", "corrupt", lambda: _page("<b>" * 1_000_000 + "甲")),
    case("html-100-000-blocks-deep", "corrupt", lambda: _page("<div>" * 100_000 + "甲")),
    case("html-tables-5-000-deep", READ, lambda: _page("<table border=1><tr><td>" * 5_000 + "甲")),
    case("html-lists-20-000-deep", READ, lambda: _page("<ul><li>" * 20_000 + "甲")),
    case("html-a-million-columns", TOO_WIDE, lambda: _page(_table("<tr>" + "<td>" * 1_000_000))),
    case("html-a-colspan-of-a-billion", READ, lambda: _page(_table("<tr><td colspan=1000000000>甲<tr><td>1<td>2"))),
    case("html-a-rowspan-of-a-billion", READ, lambda: _page(_table("<tr><td rowspan=1000000000>甲<td>1<tr><td>2"))),
    case(
        "html-a-colspan-of-10-to-the-5000",
        READ,
        lambda: _page(_table(f"<tr><td colspan={'9' * 5_000}>甲<td>1<tr><td>2")),
    ),
    case("html-spans-in-every-cell", TOO_WIDE, lambda: _page(_table("<tr><td colspan=1000 rowspan=65534>甲" * 300))),
    case("html-10-000-rows-of-wide-spans", TOO_WIDE, lambda: _page(_table("<tr><td colspan=1000>1" * 10_000))),
    case(
        "html-200-steps-of-rowspans",
        TOO_WIDE,
        lambda: _page(_table("".join(f"<tr><td rowspan={200 - number}>1" for number in range(200)))),
    ),
    case("html-a-cell-of-3-mb", READ, lambda: _page(_table(f"<tr><td>{'9' * 3_000_000}<td>1<tr><td>2<td>3"))),
    case("html-a-line-of-rules", READ, lambda: _page("<pre>" + "+--" * 300_000 + "\n" + "|  " * 300_000 + "</pre>")),
    case("html-spaces-and-commas", READ, lambda: _page(SMALL + "<p>" + " ,1" * 150_000 + "（" * 300_000)),
    case("html-a-unit-that-never-ends", READ, lambda: _page("<p>单位：" + "万" * 500_000 + SMALL)),
    case("html-units-without-end", READ, lambda: _page("<p>" + "单位：" * 100_000 + SMALL)),
    case("html-years-without-end", READ, lambda: _page(f"<title>{'2022年' * 50_000}部门决算</title>" + SMALL)),
    case("html-brackets-without-end", READ, lambda: _page(_table(f"<tr><td>{'（1=2+3' * 20_000}<td>1<tr><td>2<td>3"))),
    case(
        "html-labels-that-nearly-match",
        READ,
        lambda: _page(_table("".join(f"<tr><td>{'一般公共预算财政拨款' * 200}{number}<td>1" for number in range(30)))),
    ),
    case("html-4-000-rows", READ, lambda: _page(_table("<tr><td>项目<td>金额" + "<tr><td>甲<td>1" * 4_000))),
    case("html-charset-utf-7", READ, lambda: _charset("utf-7", b"+ADw-script+AD4-")),
    case(
        "html-charset-zlib",
        "unsupported_media_type|read",
        lambda: _charset("zlib_codec", gzip.compress(b" " * 10_000_000)),
    ),
    case("html-charset-punycode", READ, lambda: _charset("punycode", b"a-" * 100_000)),
    case("html-charset-idna", READ, lambda: _charset("idna", b"a" * 300_000)),
    case("html-charset-of-10-000-letters", READ, lambda: _charset("x" * 4_000)),
    case("html-charset-unicode-escape", READ, lambda: _charset("unicode_escape", rb"\N{BULLET}" * 10_000)),
    case("html-utf-16-cut-in-a-character", READ, lambda: _page(SMALL).decode().encode("utf-16")[:-1]),
    case("html-numbers-of-no-character", READ, lambda: _page("<p>&#xD800;&#x110000;&#0;&#99999999999999999999;甲")),
    case(
        "html-entities-declared",
        READ,
        lambda: b'<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>' + _page("<p>&a;&c;甲"),
    ),
    case(
        "html-styles-by-the-thousand",
        READ,
        lambda: _page(
            "<p class='a b c'>甲" * 3_000,
            "<style>" + "".join(f".a.b.c.x{n},p.a{{color:red}}" for n in range(3_000)) + "</style>",
        ),
    ),
    case(
        "html-classes-by-the-thousand",
        READ,
        lambda: _page(
            f"<p class='{' '.join(f'c{n}' for n in range(5_000))}'>甲" * 20, "<style>.c1{display:none}</style>"
        ),
    ),
    case(
        "html-styles-each-of-its-own",
        READ,
        lambda: _page("".join(f"<p style='left:{n}px;x:{n}'>甲" for n in range(8_000)), "<style>p{a:b}</style>"),
    ),
    case("html-braces-without-end", READ, lambda: _page("<p>甲", "<style>" + "@media all{a{" * 100_000 + "</style>")),
    case("html-comments-without-end", READ, lambda: _page("<p>甲" + "<!--" * 300_000)),
    case("html-styles-without-end", READ, lambda: _page("<style " * 200_000)),
    case(
        "html-that-fetches",
        READ,
        lambda: _page(
            "<img src='http://127.0.0.1:9/x'><iframe src='file:///etc/passwd'></iframe>"
            "<object data='\\\\host\\x'></object>"
            "<script src='//evil/x.js'>alert(1)</script><p style='background:url(file:///etc/passwd)'>甲",
            "<base href='file:///'><meta http-equiv=refresh content='0;url=file:///etc/passwd'>"
            "<link rel=stylesheet href='//x'>"
            "<style>@import 'http://127.0.0.1:9/x.css'; p{width:expression(alert(1))}</style>",
        ),
    ),
    case(
        "html-a-picture-of-10-mb-in-its-address",
        READ,
        lambda: _page(f"<a href='data:image/png;base64,{'A' * 10_000_000}'>甲</a>"),
    ),
    case("html-links-by-the-hundred-thousand", READ, lambda: _page("<a href='x.pdf'>甲</a>" * 30_000)),
    case("html-a-million-attributes", READ, lambda: _page(f"<p {' '.join(f'a{n}=1' for n in range(300_000))}>甲")),
    case("html-nul-between-letters", READ, lambda: "\0".join(_page(SMALL).decode()).encode()),
    case("html-cut-in-a-tag", READ, lambda: _page(SMALL)[:-60]),
    case(
        "html-placed-by-the-thousand",
        READ,
        lambda: _page(
            "".join(f"<div style='position:absolute;left:{n % 90}pt;top:{n // 90}pt'>{n}</div>" for n in range(4_000))
        ),
    ),
    case(
        "html-placed-at-infinity",
        READ,
        lambda: _page(
            "".join(f"<div style='position:absolute;left:{'9' * 400}pt;top:{n}pt'>{n}</div>" for n in range(20))
        ),
    ),
    case(
        "svg-with-entities",
        "unsupported_media_type",
        lambda: (
            b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
        ),
    ),
]
