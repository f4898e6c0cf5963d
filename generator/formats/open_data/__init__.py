"""SOP → records, lists, calendar."""
