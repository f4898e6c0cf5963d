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
        raise click.ClickException("\n  saran: ".join(_why_not(portal, only)))
    return found


def _why_not(portal: Portal, id: str) -> tuple[str, str]:
    """Why there is no agency of this id, and what to do."""
    if told := portal.faults.get(id):
        return f"data instansi '{id}' tidak dapat dibaca: {told[0].message}", told[0].hint
    if not portal.agencies:
        return "folder data ini bukan folder beberapa instansi", "jalankan tanpa --instansi"
    return f"tidak ada instansi '{id}' di {AGENCIES}/", suggest(id, [one.id for one in portal.agencies])
