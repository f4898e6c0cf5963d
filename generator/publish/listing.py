"""A page that shows everything: known by what is to stand on it, and filled only where that is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.publish.staged import Page, Part
from generator.render.view import View


@dataclass(frozen=True, slots=True)
class Listing:
    """``page`` is the page without its content, ``view`` finds what that is."""

    page: Page
    view: Callable[[], View]

    def filled(self, view: View) -> Page:
        """The page with this content. Raises DotError."""
        anchor = self.page.path.partition("/")[0]
        return replace(self.page, parts=(Part("", anchor, view.html()),))

    def whole(self) -> Page:
        """The page with its content. Raises DotError."""
        return self.filled(self.view())
