"""Agencies + what ``--instansi`` names → those that a command is about."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.data.files.shared import AGENCIES
from generator.data.validate.read import suggest
from generator.portal.agencies import Agency, Portal


def chosen_agencies(portal: Portal, only: str | None) -> Sequence[Agency]:
    """All agencies, or the one that was named. Raises ClickException where there is none of that name."""
    found = [agency for agency in portal.agencies if only in (None, agency.id)]
    if only is not None and not found:
        hint = suggest(only, [agency.id for agency in portal.agencies])
        raise click.ClickException(f"tidak ada instansi '{only}' di {AGENCIES}/\n  saran: {hint}")
    return found
