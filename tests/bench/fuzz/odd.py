"""Odd values for the hidden parts of a workbook."""

from __future__ import annotations

ODD = (
    *(
        '"../../unit"',
        '"/luar/x"',
        '"..\\\\x"',
        '"con"',
        '"A B"',
        '""',
        '"\\u0000"',
        '"\\ud800"',
        '"\\u202e"',
    ),
    *(
        '"publik"',
        '"naskah/rahasia.pdf"',
        "5",
        "true",
        "NaN",
        "1e999",
        "null",
        "[]",
        "{}",
        "[[]]",
        "{rusak",
        "",
    ),
    *(
        '{"a": 1}',
        '["a", 5]',
        '{"nomor": 5}',
        '{"nomor": true}',
        '[{"pelaksana": 7}]',
        '[{"judul": null}, 3]',
    ),
    *(
        '{"uraian": {"x": 1}, "pelaksana": [{}]}',
        '{"uraian": "a", "simbol": [{"pelaksana": null}]}',
        "9" * 5000,
    ),
    *(
        '{"no": 1, "keputusan": {"Ya": {"sop": 3}}}',
        '"' + "x" * 400 + '"',
        "[" * 3000,
        '{"k": ' * 30 + "1" + "}" * 30,
    ),
)
"""What the hidden parts of a workbook may hold in place of what we wrote there."""
