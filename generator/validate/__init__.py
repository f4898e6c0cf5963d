"""Trees → SOP and registers, + problems: first the form (schema), then one small rule each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.load import Tree
from generator.model import SOP, Instansi, Pelaksana, Peraturan, Unit
from generator.problems import Problem
from generator.validate.schema import read_sop


@dataclass(frozen=True)
class Register:
    """What the SOP files refer to; ``slugs`` are the names of all SOP files, readable or not."""

    instansi: Instansi
    unit: Mapping[str, Unit]
    pelaksana: Mapping[str, Pelaksana]
    hukum: Mapping[str, Peraturan]
    slugs: frozenset[str]


def validate_sop(tree: Tree, slug: str, register: Register) -> tuple[SOP | None, list[Problem]]:
    """One SOP file: the SOP if its form allows one, and everything that is wrong with it."""
    out: list[Problem] = []
    sop = read_sop(tree, slug, out)
    return sop, out


def validate_registers(
    register: Register, units: Tree | None, actors: Tree | None, laws: Tree | None
) -> list[Problem]:
    """The registers against one another."""
    return []
