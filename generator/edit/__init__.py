"""An SOP file + an operation → the SOP file, and what takes it back."""
