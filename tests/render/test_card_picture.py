"""The picture of a card: words as the typesetter sets them, nothing cut, the flow within its room."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps, ImageStat

from generator.figure.paper.letters import USUAL
from generator.flow.chart import Chart
from generator.flow.layout import lay_out
from generator.formats.card import palette
from generator.formats.card.flow import flow_picture, whole_flow
from generator.formats.card.letters import EDGE, above, mask, set_picture
from generator.formats.card.picture import Card, State, Words, painted
from tests.layout.charts import charts

TEXTS = (
    "Penerbitan Surat Keterangan Domisili Usaha",
    "PEMBERDAYAAN KELOMPOK INFORMASI MASYARAKAT (KIM)",
    "11 langkah · 4 pelaksana",
    "Berlaku sejak 23 Maret 2021",
    "Ya",
)
EMBLEM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#c81e1e"/>'
    '<rect x="3" y="3" width="4" height="4" fill="#1e78c8"/></svg>'
)


def typeset(text: str, size: float, weight: str) -> Image.Image:
    high = mask("x", size, weight).height
    said = {"text": text, "weight": weight, "size": size, "over": above(size), "high": high, "edge": EDGE}
    return ImageOps.invert(set_picture("line.typ", said).convert("L"))


@pytest.mark.parametrize("weight", ["regular", "bold"])
@pytest.mark.parametrize("size", [9.75, 16, 25, 38, 66])
@pytest.mark.parametrize("text", TEXTS)
def test_words_are_as_the_typesetter_sets_them(text: str, size: float, weight: str) -> None:
    ours, theirs = mask(text, size, weight), typeset(text, size, weight)
    assert ours.height == theirs.height
    assert abs(ours.width - theirs.width) <= 2 + 0.03 * theirs.width
    ink, expected = (ImageStat.Stat(image).sum[0] for image in (ours, theirs))
    assert abs(ink - expected) < 0.15 * expected
    (_, top, _, bottom), (_, over, _, under) = ours.getbbox() or (0,) * 4, theirs.getbbox() or (0,) * 4
    assert abs(top - over) <= 1
    assert abs(bottom - under) <= 1


@given(st.text(sorted(USUAL)), st.sampled_from([9.75, 16, 20, 23, 25, 38, 50, 66]), st.booleans())
def test_no_letter_is_cut(text: str, size: float, bold: bool) -> None:
    found = mask(text, size, "bold" if bold else "regular")
    left, top, right, bottom = found.getbbox() or (1, 1, 1, 1)
    assert left > 0
    assert top > 0
    assert right < found.width
    assert bottom < found.height


def test_letters_that_run_leftward_do() -> None:
    """The first letter of a Hebrew word stands at its right: so do its points in the picture."""
    shin, word = mask("ש", 66), mask("שלום", 66)
    first = shin.crop(shin.getbbox())
    box = word.getbbox()
    assert box
    last = word.crop((box[2] - first.width, box[1], box[2], box[3])).crop(
        (0, 0, first.width, box[3] - box[1])
    )
    assert (
        abs(ImageStat.Stat(last).sum[0] - ImageStat.Stat(first).sum[0]) < 0.1 * ImageStat.Stat(first).sum[0]
    )


@given(charts(), st.sampled_from([450, 414]))
def test_a_flow_stays_in_its_room(chart: Chart, high: int) -> None:
    flow = whole_flow(lay_out(chart))
    found = flow_picture(flow, 380, high)
    assert found.width <= 380
    assert found.height <= high
    assert min(found.tobytes()) >= palette.BLACK
    assert max(found.tobytes()) <= palette.WHITE


def test_numbers_between_are_colours_between() -> None:
    found = palette.colours()
    assert len(found) == 3 * palette.OWN
    colours = [found[at : at + 3] for at in range(0, len(found), 3)]
    for ramp in (palette.INK, palette.QUIET, palette.DEEP, palette.ALARM, palette.RULE):
        assert colours[ramp.ground] == b"\xff\xff\xff"
        run = colours[ramp.ground : ramp.paint + 1]
        assert all(sorted(channel, reverse=True) == list(channel) for channel in zip(*run, strict=True))
    assert colours[palette.INSIDE] == colours[palette.PANEL]
    assert colours[palette.WHITE] == b"\xff\xff\xff"


@pytest.mark.parametrize("ended", [False, True])
def test_a_card_shows_emblem_state_and_words_in_their_colours(ended: bool) -> None:
    words = [Words("Nama SOP", (60, 300), 66, palette.INK, "bold")]
    png = painted(Card("Dinas Contoh", EMBLEM, words, State("Dicabut", 25, ended)))
    with Image.open(io.BytesIO(png)) as found:
        assert (found.mode, found.size) == ("P", (1200, 630))
        image = found.convert("RGB")
    shade = (0xA3, 0x16, 0x1F) if ended else (0x12, 0x39, 0x5B)
    assert image.getpixel((600, 5)) == shade
    assert image.getpixel((63, 560)) == (shade if ended else (255, 255, 255))
    assert image.getpixel((60 + 32, 38 + 32)) == (0x1E, 0x78, 0xC8)
    assert image.getpixel((61, 39)) == (255, 255, 255)
    assert image.getpixel((1190, 620)) == (255, 255, 255)
    name = image.crop((60, 240, 700, 320))
    assert [min(name.getchannel(channel).tobytes()) for channel in "RGB"] == [0x1B, 0x1F, 0x24]
