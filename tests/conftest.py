"""Fixtures for every test: a real browser; nothing is skipped in CI, and elsewhere it is said what was."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium() -> str | None:
    """Path of the Chromium to test with, or None."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="take what golden files differ in as right")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real Chromium for the session; without one the test is skipped with the reason."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine (CHROMIUM=/path/to/chromium chooses one)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With SOP_SEMUA_UJI=1 (the CI script sets it) a skipped test is a failed one."""
    report = yield
    if os.environ.get("SOP_SEMUA_UJI") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although every test has to run: {report.longrepr}"
    return report


settings.register_profile("sop", deadline=None)  # no test is timed: a busy machine must not fail one
settings.load_profile("sop")


CURES = {
    "Chromium": "sudo apt install chromium, atau CHROMIUM=/letak/chromium",
    "LibreOffice": "sudo apt install libreoffice-writer-nogui",
    "npm": "sudo apt install nodejs npm, lalu npm ci --prefix tests/npm",
    "nginx": "sudo apt install nginx-light",
    "openssl": "sudo apt install openssl",
}
"""How to have what a test was skipped for, by a word of the reason."""


def left_out(reasons: Iterable[str]) -> Iterator[str]:
    """What is said of tests that were not run, by the reasons they gave."""
    counts = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    if not counts:
        return
    yield f"{sum(counts.values())} uji tidak dijalankan:"
    for reason, number in counts.most_common():
        cure = next((cure for word, cure in CURES.items() if word.lower() in reason.lower()), None)
        yield f"  {number:4} {reason}" + (f"\n       supaya dijalankan: {cure}" if cure else "")
    yield "Semuanya sekaligus: .ci/run memasang yang kurang (apt), lalu menjalankan semua uji."


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which tests were left out, and how to have them."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = (one.longrepr[2] if isinstance(one.longrepr, tuple) else str(one.longrepr) for one in skipped)
    for line in left_out(reasons):
        terminalreporter.write_line(line)
