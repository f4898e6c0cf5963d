"""Records of a journal → the text as it stands, what can be taken back, what is not saved yet."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.edit.journal import AnyRecord, Changed, Opened, Proposed, Returned, Saved, Undone
from generator.edit.known import NewEntry


class State(Struct):
    """An SOP under the pen. ``saved`` is the text of the file as far as known (None: there is none), ``disk``
    the digest of its bytes; ``revision`` counts the records, ``shaped`` is the last of them after which rows
    may stand elsewhere. ``outside``: what another program has written while there was something unsaved."""

    text: str = ""
    saved: str | None = None
    disk: str = ""
    revision: int = 0
    shaped: int = 0
    done: list[Changed] = []
    undone: list[Changed] = []
    outside: str | None = None
    hands: frozenset[str] = frozenset()
    """Who changed something since the file was written."""
    proposed: Proposed | None = None
    returned: Returned | None = None
    """A proposal of the very text that stands, or why the last one was given back."""

    @property
    def unsaved(self) -> bool:
        return self.text != self.saved

    def had_a_hand(self, who: str) -> bool:
        """Whether somebody proposed what stands, or changed something of it; logins may write one name in
        small and capital letters."""
        names = {*self.hands, *([self.proposed.by] if self.proposed else [])}
        return who.casefold() in {name.casefold() for name in names}

    @property
    def entries(self) -> tuple[NewEntry, ...]:
        """Entries that registers get, or got, by the changes that stand."""
        return tuple(entry for change in self.done for entry in change.entries)

    def follow(self, records: Iterable[AnyRecord]) -> None:
        """Take in what was done."""
        for record in records:
            self.revision += 1
            self._follow(record)

    def _follow(self, record: AnyRecord) -> None:
        self.proposed = record if isinstance(record, Proposed) else None
        self.returned = record if isinstance(record, Returned) else self.returned
        if isinstance(record, Proposed | Returned):
            return
        written = isinstance(record, Saved) or (isinstance(record, Changed) and record.disk is not None)
        self.hands = frozenset() if written else self.hands | {record.by}
        self.returned = None if written else self.returned
        if isinstance(record, Opened):
            self.text, self.disk, self.done, self.undone = record.text, record.disk, [], []
            self.saved = record.text if record.disk else None
            self.shaped = self.revision
        elif isinstance(record, Saved):
            self.saved, self.disk, self.outside = self.text, record.disk, None
        elif isinstance(record, Changed):
            self.text = record.splice.apply(self.text)
            self.done.append(record)
            self.undone.clear()
            if record.shape:
                self.shaped = self.revision
            if record.disk is not None:
                self.saved, self.disk, self.outside = self.text, record.disk, None
        else:
            self.shaped = self.revision
            for _ in range(record.count):
                self._step_back() if isinstance(record, Undone) else self._step_on()

    def _step_back(self) -> None:
        change = self.done.pop()
        self.text = change.splice.inverse.apply(self.text)
        self.undone.append(change)

    def _step_on(self) -> None:
        change = self.undone.pop()
        self.text = change.splice.apply(self.text)
        self.done.append(change)


def run(changes: list[Changed]) -> int:
    """How many changes at the end are of one group, and so one step for whoever takes it back."""
    count = 0
    while count < len(changes) and changes[-1 - count].group == changes[-1].group:
        count += 1
    return count
