"""Of the page for frames of other sites (``embedded``): its address, its style, its policy. What a web server
says of it is written without loading a value of an SOP.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

ENDING = "sematan.htm"
NAMED = rf"/sop/([^/]+)/\1[.]{ENDING.replace('.', '[.]')}$"
"""Addresses of these pages and of nothing else."""
STYLE = """
:root{color-scheme:light dark}
body{margin:0;font:1rem/1.45 system-ui,sans-serif}
article{border:1px solid;border-color:#8a8a8a;border-radius:.5rem;padding:.75rem 1rem;overflow-wrap:anywhere}
p,h1,dl,dd{margin:0}
p,dl{margin-top:.5rem}
h1{margin-top:.15rem;font-size:1.15rem;line-height:1.3}
h1 span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.instansi{margin:0;font-size:.875rem}
.status strong{border:1px solid;border-radius:1rem;padding:.05rem .6rem;margin-right:.35rem}
dl>div{margin-top:.25rem;display:flex;flex-wrap:wrap;gap:0 .5rem}
dt::after{content:":"}
dd{font-weight:600}
.salinan{font-size:.875rem}
"""
_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
