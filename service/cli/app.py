"""The commands, their options and help. Each parses, calls one function, and ends with its exit code.

Exit codes: 0 all well; 1 some file failed or was read in part; 2 wrong use; 130 interrupted; 141 the reader of our
output went away. Nothing heavy is imported at the top: ``gongkai --help`` must answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from service.cli.failures import CommandError, say

app = typer.Typer(
    name="gongkai",
    help="Chinese government fiscal disclosures in, normalized and proven JSON out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
INTERRUPTED = 130
PIPE_CLOSED = 141


class OutputFormat(StrEnum):
    """What a result is written as."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


def main() -> None:
    """Run the command line and end the process with its exit code."""
    app()


def _finish(command: Callable[[], int]) -> NoReturn:
    """End with the command's exit code, and quietly when the user or the reader of our output ends it."""
    try:
        code = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
        code = PIPE_CLOSED
    except CommandError as error:
        say(str(error))
        code = error.exit_code
    raise typer.Exit(code)


def _print_version(wanted: bool) -> None:
    if wanted:
        from service.compose import version  # noqa: PLC0415

        typer.echo(f"gongkai {version()}")
        raise typer.Exit


@app.callback()
def _gongkai(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Chinese government fiscal disclosures in, normalized and proven JSON out."""


@app.command()
def extract(
    files: Annotated[list[str], typer.Argument(help="Files, folders or patterns.", metavar="FILE…")],
    format: Annotated[OutputFormat, typer.Option("--format", "-f", help="What to write.")] = OutputFormat.JSON,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help="Write one file each here.")] = None,
    pages: Annotated[str | None, typer.Option(help="Only these pages of a PDF, for example 1-3,7.")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Files read at the same time.")] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")] = False,
    personal_data: Annotated[
        bool, typer.Option("--personal-data", help="Names of persons and telephone numbers too.")
    ] = False,
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file whose first line opens documents with a password.")
    ] = None,
    ocr: Annotated[bool, typer.Option(help="Read scanned and garbled pages from their image, seconds each.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="One line for each file, and its findings.")] = False,
) -> None:
    """Read documents and write what they say.

    Without --out, one file goes to standard output, several as JSON Lines or as one CSV. A file that fails does not
    stop the others.
    """

    def run() -> int:
        from service.cli.extract import Request, extract_files  # noqa: PLC0415

        wanted = Request(
            *(files, format.value, out, pages, jobs, bom, quiet, verbose, personal_data, ocr), password_file
        )
        return extract_files(wanted)

    _finish(run)


@app.command()
def ingest(
    into: Annotated[Path, typer.Option("--into", metavar="DATASET", help="Folder of the dataset; made if need be.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, archives, patterns or URLs; without any, all of before.", metavar="[SOURCE]…"
        ),
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Documents read at the same time.")] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Read on the Dask cluster there; local makes one here.")
    ] = None,
    shared: Annotated[bool, typer.Option("--shared", help="Its workers see the same files, and fetch them.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Only what failed before, once more.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read, and read nothing.")] = False,
    only_dataset: Annotated[
        bool, typer.Option("--only-dataset", help="Make the tables anew of the results that are there.")
    ] = False,
    personal_data: Annotated[
        bool, typer.Option("--personal-data", help="Names of persons and telephone numbers too.")
    ] = False,
    ocr: Annotated[bool, typer.Option(help="Read scanned and garbled pages from their image, seconds each.")] = True,
    keep_documents: Annotated[
        bool, typer.Option("--keep-documents", help="What files print too, so that new versions read them quicker.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; errors only.")] = False,
) -> None:
    """Read thousands of documents into a dataset, and go on where an earlier run ended.

    Ctrl-C ends it when what is being read is finished; a second one at once. Nothing is lost either way.
    """

    def run() -> int:
        from service.cli.ingest import Request, ingest  # noqa: PLC0415

        return ingest(
            Request(
                sources=sources or [],
                into=into,
                jobs=jobs,
                dask=dask,
                shared=shared,
                retry_failed=retry_failed,
                dry_run=dry_run,
                only_dataset=only_dataset,
                personal_data=personal_data,
                ocr=ocr,
                keep_documents=keep_documents,
                quiet=quiet,
            )
        )

    _finish(run)


class ChangeFormat(StrEnum):
    """What differences are written as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="A dataset, or DATASET@VERSION.", metavar="OLD")],
    new: Annotated[
        str | None, typer.Argument(help="Another; without one, the last two versions in OLD.", metavar="[NEW]")
    ] = None,
    form: Annotated[ChangeFormat, typer.Option("--format", "-f", help="What to write.")] = ChangeFormat.TABLE,
) -> None:
    """Show what two datasets, or two versions in one, read differently, cell by cell."""

    def run() -> int:
        from service.cli.diff import diff_datasets  # noqa: PLC0415

        return diff_datasets(old, new, form.value)

    _finish(run)


@app.command()
def show(
    what: Annotated[str, typer.Argument(help="A PDF; with --dataset, an observation_id.", metavar="FILE|OBSERVATION")],
    page: Annotated[int | None, typer.Option("--page", "-p", min=1, help="Which page, counted from 1.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="PNG", help="Where to write the picture.")] = None,
    dpi: Annotated[int, typer.Option(min=36, max=400, help="Resolution.")] = 110,
    dataset: Annotated[Path | None, typer.Option(metavar="DATASET", help="The dataset of the observation.")] = None,
    file: Annotated[Path | None, typer.Option(help="The document of the observation, if it has been moved.")] = None,
) -> None:
    """Draw a page with the tables and cells that were found on it.

    With --dataset: say what a number of a dataset is, and draw its page with its cell framed.
    """

    def run() -> int:
        from service.cli.failures import UsageError  # noqa: PLC0415

        if dataset is not None:
            from service.cli.observation import show_observation  # noqa: PLC0415

            return show_observation(what, dataset, file, out, dpi)
        if page is None or out is None:
            raise UsageError("to draw a page of a file, --page and --out are needed")
        from service.cli.show import show_page  # noqa: PLC0415

        return show_page(Path(what), page, out, dpi)

    _finish(run)


@app.command()
def panel(
    dataset: Annotated[
        Path | None, typer.Argument(help="A folder that gongkai ingest wrote.", metavar="DATASET")
    ] = None,
    question: Annotated[str | None, typer.Option("--question", "-q", help="A question: --list shows them.")] = None,
    kind: Annotated[str | None, typer.Option(help="The table, instead of a question.")] = None,
    field: Annotated[str | None, typer.Option(help="Its column.")] = None,
    item: Annotated[str | None, typer.Option(help="One code, line item or total; else all.")] = None,
    unit: Annotated[str, typer.Option(help="元 or 万元.")] = "元",
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Use doubtful values (C, D) like others.")] = False,
    no_fallbacks: Annotated[bool, typer.Option("--no-fallbacks", help="The canonical table alone.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Where; else in DATASET/panels.")
    ] = None,
    font: Annotated[Path | None, typer.Option(help="A font file with Chinese letters, for the pictures.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the questions and end.")] = False,
) -> None:
    """Make a panel of a dataset: agency by year by item, with what is missing and why, and charts of both."""

    def run() -> int:
        from service.cli.failures import UsageError  # noqa: PLC0415
        from service.cli.panel import Request, list_questions, make_panel  # noqa: PLC0415

        if listed:
            return list_questions()
        if dataset is None:
            raise UsageError("of which DATASET?")
        return make_panel(Request(dataset, question, kind, field, item, unit, doubtful, not no_fallbacks, out, font))

    _finish(run)


class ExportForm(StrEnum):
    """What a dataset is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    DTA = "dta"
    DUCKDB = "duckdb"


@app.command()
def export(
    dataset: Annotated[Path, typer.Argument(help="A folder that gongkai ingest wrote.", metavar="DATASET")],
    form: Annotated[ExportForm, typer.Option("--as", help="What to write.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where; else below DATASET/export.")] = None,
    table: Annotated[list[str] | None, typer.Option("--table", "-t", help="Only this table; may be repeated.")] = None,
) -> None:
    """Write a dataset as CSV (a Fiscal Data Package), a workbook, Stata files or a DuckDB database."""

    def run() -> int:
        from service.cli.export import export_dataset  # noqa: PLC0415

        return export_dataset(dataset, form.value, out, table)

    _finish(run)


@app.command()
def kinds(
    kind: Annotated[str | None, typer.Argument(help="Show this kind, whole.", metavar="[ID]")] = None,
    family: Annotated[str | None, typer.Option(help="Only kinds of this family.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the table kinds that are recognised, or show one."""

    def run() -> int:
        from service.cli.kinds import show_kinds  # noqa: PLC0415

        return show_kinds(kind, family, as_json)

    _finish(run)


@app.command("explain-header")
def explain_header(
    header: Annotated[str, typer.Argument(help="A header as printed; levels joined by /.")],
    kind: Annotated[str | None, typer.Option(help="Only within this kind; else in all.")] = None,
    year: Annotated[int | None, typer.Option(help="The report year, for headers that print a year.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say which field a header is matched to, how, and what came second."""

    def run() -> int:
        from service.cli.headers import show_match  # noqa: PLC0415

        return show_match(header, kind, year, as_json)

    _finish(run)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.  [default: 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.  [default: 8000]")] = None,
    workers: Annotated[int | None, typer.Option(help="Documents read at the same time.  [default: 2]")] = None,
) -> None:
    """Answer HTTP requests. Other settings come from the environment: see docs/cli.md."""

    def run() -> int:
        from service.cli.serve import serve_forever  # noqa: PLC0415

        return serve_forever(host=host, port=port, workers=workers)

    _finish(run)


@app.command()
def work(
    workers: Annotated[int | None, typer.Option(help="Documents read at the same time.  [default: 2]")] = None,
) -> None:
    """Read documents that services on the same database have taken; many of these may run."""

    def run() -> int:
        from service.cli.work import work_forever  # noqa: PLC0415

        return work_forever(workers=workers)

    _finish(run)


class KeyAction(StrEnum):
    """What is done with API keys."""

    ADD = "add"
    LIST = "list"
    REMOVE = "remove"


@app.command()
def keys(
    action: Annotated[KeyAction, typer.Argument(help="What to do.")],
    name: Annotated[str | None, typer.Argument(help="Whose key.")] = None,
) -> None:
    """Make an API key, which is shown this once; list the names that have one; take one away."""

    def run() -> int:
        from service.cli.keys import add_key, list_keys, remove_key  # noqa: PLC0415

        match action:
            case KeyAction.ADD:
                return add_key(name)
            case KeyAction.LIST:
                return list_keys()
            case KeyAction.REMOVE:
                return remove_key(name)

    _finish(run)
