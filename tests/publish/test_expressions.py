"""Expressions on hand-written pages reach the words of the guide and nothing else, whatever is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.data.catalogue import Catalogue
from generator.site.handwritten.expressions import Fault, Namespace, fill, judge
from generator.site.stage import PageError, read_own
from tests.publish.sites import ROOT

CALLED: list[tuple[object, ...]] = []


def salam(*told: object, **more: object) -> str:
    CALLED.append((*told, *more.values()))
    return "halo"


WORDS = Namespace({"jumlah": 3, "nama": "Dinas"}, {"salam": salam})

HOSTILE = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ nama|attr('__class__') }}",
    "{{ salam.__globals__ }}",
    "{{ salam.__globals__['os'].system('x') }}",
    "{{ salam('x').__class__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ self }}",
    "{{ config }}",
    "{{ environment }}",
    "{{ files }}",
    "{{ context() }}",
    "{{ macros_info() }}",
    "{{ joiner() }}",
    "{{ namespace(a=1) }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ nama.format(1) }}",
    "{{ '{0.__class__}'.format(nama) }}",
    "{{ '%s' % nama }}",
    "{{ 'x' * 999999999 }}",
    "{{ 9 ** 999999999 }}",
    "{{ [nama] }}",
    "{{ {'a': nama} }}",
    "{{ (nama, jumlah) }}",
    "{{ nama[0] }}",
    "{{ nama[0:1] }}",
    "{{ nama is defined }}",
    "{{ nama|safe|map('x') }}",
    "{{ nama|tojson }}",
    "{{ nama|pprint }}",
    "{{ salam }}",
    "{{ salam(salam) }}",
    "{{ nama() }}",
    "{{ salam()() }}",
    "{{ salam(*nama) }}",
    "{{ salam(**nama) }}",
    "{% set a = 1 %}",
    "{% for a in nama %}{{ a }}{% endfor %}",
    "{% macro a() %}{% endmacro %}",
    "{% call salam() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% block a %}{% endblock %}",
    "{% include '/etc/passwd' %}",
    "{% include 'index.md' %}",
    "{% import 'index.md' as a %}",
    "{% from 'index.md' import a %}",
    "{% extends 'index.md' %}",
    "{% do salam() %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{{ nama",
    "{% if nama %}",
    "{% endif %}",
    "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "{{ " + "not " * 3000 + "nama }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ 1 // 0 }}",
    "{{ nama - 1 }}",
]
ALLOWED = {
    "Ada {{ jumlah }} di {{ nama }}.": "Ada 3 di Dinas.",
    "{{ salam('a', teks='b') }} {{ nama|upper }} {{ jumlah + 1 }}": "halo DINAS 4",
    "{% if jumlah > 2 and nama %}ya{% else %}tidak{% endif %}": "ya",
    "{{ 'satu' if jumlah == 1 else 'banyak' }}": "banyak",
    "{% raw %}{{ config }}{% endraw %}": "{{ config }}",
    "{# {{ config }} #}x\n": "x\n",
    "tanpa apa-apa {jumlah}\n": "tanpa apa-apa {jumlah}\n",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_on_no_list_is_refused_with_its_place_and_nothing_is_carried_out(text: str) -> None:
    CALLED.clear()
    found = fill(f"satu\n\ndua {text}", WORDS)
    assert isinstance(found, Fault), found
    assert CALLED == []
    assert found.message
    if text not in ("{% if nama %}",):  # ends at the end
        assert (found.line, found.column >= 1) == (3, True) or "terlalu dalam" in found.message


@pytest.mark.parametrize("text", ALLOWED)
def test_words_macros_and_conditions_are_filled_in(text: str) -> None:
    assert fill(text, WORDS) == ALLOWED[text]


# fmt: off
PIECES = [
    "{{ ", " }}", "{% ", " %}", "{# ", " #}", "jumlah", "nama", "salam", "salam(", "config", "self", "cycler",
    "__class__", ".", "[", "]", "(", ")", "'", "\"", "|", "attr", "upper", "if ", "endif", "else", "for ",
    " in ", "raw", "endraw", "set ", "include ", "1", "+", "*", "**", "~", "=", "==", ",", " ", "\n", "-",
    "x", "format", "import ", "macro ", "endfor", "{", "}", "%",
]
# fmt: on


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_filled_in_or_refused(text: str) -> None:
    CALLED.clear()
    found = fill(text, WORDS)
    if judge(text, WORDS) is not None:
        assert isinstance(found, Fault)
        assert CALLED == []
    if isinstance(found, str):
        assert not re.search(r"<(function|class|bound|jinja|Template)|object at 0x", found)
    assert all(isinstance(one, str | int | bool) for told in CALLED for one in told)


@pytest.mark.parametrize("text", HOSTILE[:20])
def test_no_engine_sees_a_page_with_such_an_expression(
    catalogue: Catalogue, tmp_path: Path, text: str
) -> None:
    """Neither in its text, nor in a heading that would become its title, nor in its head."""
    inside = f"---\npembaca: publik\n---\n{{% raw %}}\n# {text}\n{{% endraw %}}\n"
    for body in (
        f"---\ntitle: A\npembaca: publik\n---\n{text}\n",
        inside,
        f'---\ntitle: "{text}"\npembaca: publik\n---\n',
    ):
        (tmp_path / "a.md").write_text(body, encoding="utf-8")
        with pytest.raises(PageError, match=r"a\.md:\d+:\d+: "):
            read_own(catalogue, tmp_path, ROOT / "mkdocs.yml")
