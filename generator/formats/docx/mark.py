"""The text of a Word file → its digest, which travels in the file: so it is noticed when somebody has changed
the text by hand after it left us. Its look may change; Word cuts runs anew whenever it saves."""

from __future__ import annotations

import hashlib
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from html import unescape

from generator.formats.docx.fixed import MAIN, XML

PART = "docProps/custom.xml"
_NAME = "sidik teks SOP"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_COPY = re.compile(r"<mc:Fallback>.*?</mc:Fallback>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_MOST = 50_000_000
"""No part larger than this is read."""


def custom_part(document: str) -> str:
    """The part that holds the digest of the text of a document."""
    return (
        f'{XML}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{_NAME}">'
        f"<vt:lpwstr>{_digest(_said(document))}</vt:lpwstr></property></Properties>"
    )


def _said(document: str) -> str:
    """The text of a document as we write it: what ``text_digest`` finds, without reading all of it as XML."""
    return unescape("".join(_TEXT.findall(_COPY.sub("", document))))


def text_digest(document: bytes) -> str:
    """The digest of the letters and digits of a document, in their order."""
    root = _tree(document)
    for copy in list(root.iter(_FALLBACK)):  # the same once more, for readers that do not know shapes
        copy.clear()
    return _digest("".join(text.text or "" for text in root.iter(f"{{{MAIN}}}t")))


def _digest(said: str) -> str:
    return hashlib.sha256("".join(filter(str.isalnum, said)).encode()).hexdigest()


def _tree(part: bytes) -> ET.Element:
    """The tree of a part. Raises ET.ParseError, also where it declares entities: no office writes any."""
    if b"<!DOCTYPE" in part:
        raise ET.ParseError
    return ET.fromstring(part)


def text_changed(data: bytes) -> bool | None:
    """Whether the text of a Word file of ours was changed since; nothing where it is none of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if max(package.getinfo(name).file_size for name in (PART, "word/document.xml")) > _MOST:
                return None
            known = _tree(package.read(PART))
            said = [one.findtext("{*}lpwstr") for one in known if one.get("name") == _NAME]
            return said[0] != text_digest(package.read("word/document.xml")) if said else None
    except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError, RuntimeError, OSError):
        return None
