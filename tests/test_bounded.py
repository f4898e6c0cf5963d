"""Jobs in a process of bounded time and memory."""

from __future__ import annotations

import os
import time

import pytest

from generator.bounded import Bounded, TooMuch


def job(what: str) -> str:
    """What a hostile file may do to its reader."""
    if what == "memory":
        return str(len(bytearray(900_000_000)))
    if what == "time":
        end = time.process_time() + 60
        while time.process_time() < end:
            pass
    if what == "end":
        os._exit(3)
    if what == "fault":
        raise ValueError("rusak")
    return what.upper()


def test_one_job_that_takes_too_much_harms_no_other() -> None:
    reader = Bounded(job, seconds=1, memory=300_000_000)
    try:
        assert reader.ask("baik") == "BAIK"
        for what in ("memory", "time", "end"):
            with pytest.raises(TooMuch):
                reader.ask(what)
            assert reader.ask("baik") == "BAIK"
        with pytest.raises(ValueError, match="rusak"):
            reader.ask("fault")
        assert reader.ask("baik") == "BAIK"
    finally:
        reader.close()
