"""The door of old Excel files (.xls) → what their sheets show."""
