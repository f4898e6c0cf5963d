"""Papers that the form is printed on, laid on their sides. None is prescribed (see OFFICIAL_FORMAT)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAPERS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "A4": (297, 210),
        "F4": (330, 215),
        "Letter": (279.4, 215.9),
        "Legal": (355.6, 215.9),
        "A3": (420, 297),
    }
)
"""Width and height in mm of the papers that an agency or an SOP may ask for (``kertas``)."""
USUAL = "A4"
"""That of an agency that asks for none."""
