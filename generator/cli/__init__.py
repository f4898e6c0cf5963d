"""The command line: ``sop``. One module a command; this one only gathers them."""

from __future__ import annotations

import sys

import click

from generator.cli.build import build
from generator.cli.check import check
from generator.cli.diff import diff
from generator.cli.documents import book, docx, pdf
from generator.cli.flow import flow
from generator.cli.fmt import fmt
from generator.cli.health import health
from generator.cli.new import new
from generator.cli.review import review
from generator.cli.revise import revise
from generator.cli.schema import schema
from generator.cli.serve import serve
from generator.cli.tables import export, import_
from generator.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sop-generator", prog_name="sop")
def main() -> None:
    """Dari data SOP ke halaman resmi: periksa, bangun, dan lihat."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


main.add_command(book)
main.add_command(build)
main.add_command(check)
main.add_command(docx)
main.add_command(flow)
main.add_command(fmt)
main.add_command(health)
main.add_command(new)
main.add_command(schema)
main.add_command(serve)
main.add_command(diff)
main.add_command(review)
main.add_command(revise)
main.add_command(pdf)
main.add_command(export)
main.add_command(import_)
main.add_command(verify)
