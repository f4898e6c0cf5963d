"""Catalogue + an SOP → its poster or leaflet, as bytes. Made by a command alone: most SOPs need none."""

from __future__ import annotations

from pathlib import Path

from generator.data.catalogue import Catalogue
from generator.documents.blame import blamed
from generator.documents.days import day_of
from generator.figure.paper.typesetter import Unsettable
from generator.formats.flows import timelines
from generator.formats.plain.gathered import about, in_words
from generator.formats.plain.told import told
from generator.formats.poster.poster import poster
from generator.model.problems import Problem
from generator.model.registers import label_untuk


def make_poster(
    catalogue: Catalogue, slug: str, large: bool, data_dir: Path
) -> tuple[bytes | None, list[Problem]]:
    """The poster of an SOP, or its leaflet; None where it cannot be set, with the problems."""
    sop = catalogue.sop[slug]
    label = label_untuk(catalogue.instansi, sop)
    said = told(sop, about(sop, catalogue, timelines(sop, catalogue)), in_words(sop, catalogue), label)
    day = day_of(catalogue, sop)
    try:
        return poster(said, catalogue.instansi.nama, label.get("waktu", "Waktu"), day, large), []
    except Unsettable as error:
        return None, blamed(catalogue, [slug], data_dir, error)
