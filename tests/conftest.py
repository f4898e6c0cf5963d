"""Fixtures for every test: a real browser, and the rule that nothing is skipped in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium() -> str | None:
    """Path of the Chromium to test with, or None."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


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
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """With SOP_SEMUA_UJI=1 (the CI script sets it) a skipped test is a failed one."""
    report = yield
    if os.environ.get("SOP_SEMUA_UJI") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although every test has to run: {report.longrepr}"
    return report


settings.register_profile("sop", deadline=None)  # no test is timed: a busy machine must not fail one
settings.load_profile("sop")
