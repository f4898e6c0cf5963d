"""Print every sentence of the product, one a line."""

from __future__ import annotations

from tests.sentences.listed import sentences

if __name__ == "__main__":
    print(*sentences(), sep="\n")
