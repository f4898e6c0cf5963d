"""``mkdocs.yml`` + what the agency says of itself → the settings of a site, but for its menu."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import escape

from generator.data.audience import label_of
from generator.data.catalogue import Catalogue
from generator.form.papers import PAPERS, USUAL
from generator.formats.html.html import safe_url
from generator.model.colours import BLACK, WHITE, mixed, until_readable
from generator.model.dates import date_text
from generator.model.registers import Instansi
from generator.site.handwritten.allowed import own_settings
from generator.site.staged import clean

THEME = Path(__file__).parent / "theme"
COLOURS = "assets/warna.css"
"""The sheet of an agency's own colour."""
_DARK_GROUND = "#232833"
"""The lightest ground of dark pages (``--sop-latar`` in situs.css)."""


def shared_settings(config: Path) -> dict[str, Any]:
    """The settings that all sites share. The menu is that of each site, so one written there is left out."""
    return {key: value for key, value in own_settings(config).items() if key != "nav"}


def site_settings(catalogue: Catalogue, config: Path, day: date | None = None) -> dict[str, Any]:
    """The shared settings with what this site adds: its name, its look, where it lies, as of which day."""
    settings = shared_settings(config)
    agency, label = catalogue.instansi, label_of(catalogue.audience)
    name = f"SOP {agency.singkatan}" + (f" – {label}" if label else "")
    settings["site_name"] = _words(name)
    settings["site_description"] = _words(f"Standar operasional prosedur {agency.nama}")
    settings["copyright"] = _words(agency.nama)
    settings["extra"] = {
        **settings.get("extra", {}),
        "nama": _words(f"SOP {agency.singkatan}"),
        "pemerintah": _words(agency.pemerintah),
        "internal": _words(label.upper()),
        "kaki": {
            "alamat": [_words(line) for line in agency.alamat],
            "email": _words(agency.email or ""),
            "web": _words(safe_url(agency.web or "") or ""),
            "lisensi": _words(agency.lisensi_data or ""),
            "hari": date_text(day) if day else "",
        },
    }
    if catalogue.portal:
        settings["extra"]["portal"] = {
            "nama": _words(catalogue.portal.nama),
            "alamat": _words(catalogue.portal.alamat),
        }
    if catalogue.home:
        settings["site_url"] = catalogue.home
    settings["docs_dir"] = "docs"
    settings["site_dir"] = "site"
    settings["theme"]["custom_dir"] = THEME.as_posix()
    if logo := site_logo(agency):
        settings["theme"]["logo"] = f"berkas/{logo}"
    if agency.warna:
        settings["extra_css"] = [*settings["extra_css"], COLOURS]
    return settings


def _words(text: str) -> str:
    return clean(str(escape(text)))


def site_logo(agency: Instansi) -> str | None:
    """The picture in the head of the sites, by its name in the data folder."""
    return agency.logo_situs or agency.logo


def colour_sheet(chosen: str) -> str:
    """The style sheet of an agency's colour. Words of that colour stand on the light ground of the site as
    they are, as white is readable on it; on the dark ground they are lightened."""
    light = until_readable(chosen, WHITE, _DARK_GROUND, least=6)
    rules = {
        ":root": {
            "--md-primary-fg-color": chosen,
            "--md-primary-fg-color--light": mixed(chosen, WHITE, 0.15),
            "--md-primary-fg-color--dark": mixed(chosen, BLACK, 0.3),
            "--md-accent-fg-color": chosen,
            "--md-accent-fg-color--transparent": f"{chosen}1a",
        },
        '[data-md-color-scheme="default"]': {"--md-typeset-a-color": chosen},
        '[data-md-color-scheme="slate"]': {"--md-typeset-a-color": light, "--md-accent-fg-color": light},
    }
    return "".join(
        f"{where} {{ {' '.join(f'{name}: {value};' for name, value in values.items())} }}\n"
        for where, values in rules.items()
    )


def paper_sheet(usual: str) -> str:
    """Sizes of the printed form: that of the agency, and those that SOPs may ask for of their own."""
    rules = [_page("@page", usual if usual in PAPERS else USUAL)]
    for name in PAPERS:
        page = f"kertas-{name.lower()}"
        rules += [_page(f"@page {page}", name), f".md-content__inner:has(.{page}) {{ page: {page}; }}\n"]
    return "".join(rules)


def _page(which: str, paper: str) -> str:
    width, height = PAPERS[paper]
    return f"{which} {{ size: {width}mm {height}mm; margin: 12mm; }}\n"
