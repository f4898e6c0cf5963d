#!/usr/bin/env bash
# Pagefind 1.5.2 (PyPI: pagefind with pagefind_bin, MIT) parts words at the end of some block elements and not of others. In
# a page without blanks between its tags (minified HTML) these end a word: p, div, section, article, li, ul, td, h1-h6; and
# these do not: th, caption, dt, dd, summary, legend, figcaption, label, option, button, blockquote, address, pre, aside.
# So <dl><dt>Nomor</dt><dd>12</dd><dt>Tanggal</dt> is indexed as "Nomor12Tanggal", the headings of a table as "NoUraian", a
# <summary> together with the first words of what it opens: none of these words is in the index, excerpts show them glued.
# With a line end or a blank between the tags all words are apart. A browser shows all of them apart, and its innerText
# has line ends or tabs between them.
# Text in an inline SVG (<text>, <title>, <desc>) is not indexed at all.
#
# Guess before trying: all block elements and table cells part words, td as th; SVG text counts as text.
# Seen: "Nomor12Tanggal3 Mei", "KegiatanNoUraian", "Dasar hukumUU", and no word of the drawing.
# What to do: leave line ends between tags where Pagefind reads, i.e. minify after indexing; say a drawing in words too.
#
# Needs python3 with venv. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pagefind==1.5.2 pagefind_bin==1.5.2 2>/dev/null
cat > read.py <<'PY'
import gzip, json, shutil, subprocess, sys
from pathlib import Path

def indexed(body):
    """The words of one page as Pagefind keeps them."""
    shutil.rmtree("site", ignore_errors=True)
    Path("site").mkdir()
    Path("site/index.html").write_text(f'<!doctype html><html lang="id"><body data-pagefind-body>{body}</body></html>')
    subprocess.run([sys.executable, "-m", "pagefind", "--site", "site"], check=True, capture_output=True)
    (fragment,) = Path("site/pagefind/fragment").iterdir()
    packed = gzip.decompress(fragment.read_bytes())
    return json.loads(packed[packed.index(b"{"):])["content"]

PARTS = ["p", "div", "section", "article", "li", "ul", "td", "h2", "h6"]
GLUES = ["th", "caption", "dt", "dd", "summary", "legend", "figcaption", "button", "blockquote", "address", "pre", "aside"]
right = True
for tag in PARTS + GLUES:
    words = indexed(f"<h1>J</h1><{tag}>satu</{tag}><{tag}>dua</{tag}>")
    glued = "satudua" in words
    right &= glued == (tag in GLUES)
    print(f"{tag:11} {'glued' if glued else 'apart'}  {words}")
    right &= "satudua" not in indexed(f"<h1>J</h1><{tag}>satu</{tag}>\n<{tag}>dua</{tag}>")
form = (
    "<h1>SOP</h1><dl><dt>Nomor</dt><dd>12</dd><dt>Tanggal</dt><dd>3 Mei</dd></dl>"
    "<table><caption>Kegiatan</caption><tr><th>No</th><th>Uraian</th></tr><tr><td>1</td><td>Terima</td></tr></table>"
    "<details><summary>Dasar hukum</summary>UU 25</details><svg><title>Bagan</title><text>Periksa</text></svg>"
)
words = indexed(form)
print("a form     ", words)
right &= all(one in words for one in ("Nomor12Tanggal3", "KegiatanNoUraian", "hukumUU")) and "Periksa" not in words and "Bagan" not in words
apart = indexed(form.replace(">", ">\n"))
print("line ends  ", apart)
right &= all(one in apart.replace(".", "").split() for one in ("Nomor", "Tanggal", "Kegiatan", "No", "Uraian", "hukum"))
sys.exit(not right)
PY
env/bin/python read.py || { echo "Pagefind behaves otherwise than described"; exit 1; }
