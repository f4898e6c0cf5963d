"""A value and its number format → the text that Excel shows for it, in Indonesian.

A full date is written in words, so that day and month cannot be taken for one another."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from generator.formats.xlsx.cells import clean
from generator.model.dates import MONTHS, date_text

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[[^\]]*\]|(?P<general>General|Standard|@)|(?P<digits>[0#?][0#?.,]*)|(?P<percent>%)"
    r"|(?P<half>AM/PM|A/P)|(?P<part>d+|m+|y+|h+|s+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ERROR = re.compile(r"#(?:REF|VALUE|NAME|DIV/0|N/A|NUM|NULL|SPILL|CALC)[!?]?")


def is_error(text: str) -> bool:
    """Whether a cell shows that its formula failed."""
    return _ERROR.fullmatch(text.strip()) is not None


def shown(value: object, form: str = "General") -> str:
    """The text of a cell's value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _text(value, form)
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, form)
    if isinstance(value, int | float):
        return _number(value, form)
    return clean(str(value))


def _text(value: str, form: str) -> str:
    sections = _sections(form)
    own = sections[3] if len(sections) > 3 else form
    if "@" in own and own.strip() != "@":
        tokens = _TOKEN.finditer(own)
        return clean("".join(value if t["general"] else t["quoted"] or t["escaped"] or "" for t in tokens))
    return clean(value)


def _sections(form: str) -> list[str]:
    """The parts of a format for positive and negative numbers, zero and texts."""
    parts, start, quoted = [], 0, False
    for n, sign in enumerate(form):
        quoted ^= sign == '"'
        if sign == ";" and not quoted and form[n - 1 : n] != "\\":
            parts.append(form[start:n])
            start = n + 1
    return [*parts, form[start:]]


def _number(value: float, form: str) -> str:
    sections = _sections(form)
    sign = "-" if value < 0 else ""
    own = sections[0]
    if value < 0 and len(sections) > 1:
        own, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:
        own = sections[2]
    tokens = list(_TOKEN.finditer(own))
    if not any(t["digits"] or t["general"] for t in tokens):
        said = "".join(t["quoted"] or t["escaped"] or t["currency"] or t["other"] or "" for t in tokens)
        return clean(said) or (_plain(value) if not own else "")
    size = abs(value) * 100 ** sum(bool(t["percent"]) for t in tokens)
    out, done = [], False
    for t in tokens:
        if t["digits"] and not done:
            out.append(_digits(size, t["digits"]))
            done = True
        elif t["general"] and not done:
            out.append(_plain(size))
            done = True
        else:
            out.append(t["quoted"] or t["escaped"] or t["currency"] or t["other"] or t["percent"] or "")
    return clean(sign + "".join(out))


def _plain(value: float) -> str:
    """A number in no format: not more digits than fit, a comma before its fractions."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")


def _digits(value: float, form: str) -> str:
    """A number in the digits of a format: "0", "0.0", "#,##0.00"."""
    whole, _, fraction = form.partition(".")
    least, most = fraction.count("0"), sum(c in "0#?" for c in fraction)
    number = Decimal(repr(float(value)))
    text = f"{number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):f}"
    before, _, after = text.partition(".")
    after = after[:least] + after[least:].rstrip("0")
    before = before.zfill(whole.count("0"))
    if "," in whole.rstrip(","):
        before = f"{int(before):,}".replace(",", ".")
    return f"{before},{after}" if after else before


def _moment(value: date | time | timedelta, form: str) -> str:
    """A date or time in the parts that its format names."""
    if isinstance(value, timedelta):
        return _elapsed(value, form)
    tokens = list(_TOKEN.finditer(_sections(form)[0]))
    parts = [t["part"].lower() for t in tokens if t["part"]]
    if any(t["elapsed"] for t in tokens):
        moment = value if isinstance(value, time) else time()
        return _elapsed(timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second), form)
    dated = isinstance(value, date) and any(part[0] in "dy" for part in parts)
    timed = any(part[0] in "hs" for part in parts) or isinstance(value, time)
    said = ""
    if isinstance(value, date) and (dated or not timed):
        said = _date(value, tokens)
    if timed:
        moment = value.time() if isinstance(value, datetime) else value if isinstance(value, time) else time()
        seconds = f":{moment.second:02}" if any(part[0] == "s" for part in parts) else ""
        said = f"{said} {moment.hour}:{moment.minute:02}{seconds}".strip()
    return said


def _date(value: date, tokens: list[re.Match[str]]) -> str:
    parts = "".join(t["part"][0].lower() for t in tokens if t["part"])
    day = date(value.year, value.month, value.day)
    if not parts or {"d", "m", "y"} <= set(parts):
        return date_text(day)
    month = MONTHS[day.month - 1]
    if "d" in parts and "m" in parts:
        return f"{day.day}-{month[:3]}"
    if "m" in parts and "y" in parts:
        return f"{month} {day.year}"
    return month if "m" in parts else str(day.year) if "y" in parts else str(day.day)


def _elapsed(value: timedelta, form: str) -> str:
    """A span of time: hours are counted on beyond a day."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    own = next((t["elapsed"].lower() for t in _TOKEN.finditer(form) if t["elapsed"]), "h")
    if own[0] == "m":
        return f"{hours * 60 + minutes} menit"
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
