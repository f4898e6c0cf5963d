"""Tables as agencies keep them (Excel, CSV, pasted text) ↔ plain values of SOP files."""
