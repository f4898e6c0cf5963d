"""Data folder ↔ the agency's emblem: which picture it is, and another one put in its place."""

from __future__ import annotations

from pathlib import Path

from generator.data.files.logo import faults
from generator.data.validate.register_rules import LOGO
from generator.data.writing.files import file_in, plain_file, write_whole
from generator.data.writing.operations import NotApplied, Put, apply
from generator.data.writing.order import KeyOrder
from generator.edit.fields import Refused

ENDINGS = (".svg", ".png", ".jpg", ".jpeg")


def emblem_file(data: Path, name: str | None) -> Path | None:
    """The file of the emblem, where there is one that can be shown."""
    path = data / name if name and LOGO.fullmatch(name) else None
    return path if path is not None and path.is_file() and not path.is_symlink() else None


def set_emblem(data: Path, name: str, blob: bytes) -> list[Path]:
    """Put a picture into the data folder as the emblem; the one before it stays; gives what was written.
    Raises ``Refused``."""
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise Refused("lambang harus berkas svg, png atau jpg")
    if found := faults(blob, f"lambang{ending}"):
        raise Refused("; ".join(f"{message} – {cure}" for message, cure in found))
    own, number = file_in(data, f"lambang{ending}"), 2
    while own.exists() and own.read_bytes() != blob:
        own, number = file_in(data, f"lambang-{number}{ending}"), number + 1
    agency = plain_file(data / "instansi.yml")
    try:
        text = apply(agency.read_text(encoding="utf-8"), [Put(("logo",), own.name)], KeyOrder())
    except NotApplied as error:
        raise Refused(f"lambang tidak dapat ditulis ke instansi.yml ({error})") from error
    write_whole(own, blob)
    write_whole(agency, text.encode())
    return [own, agency]
