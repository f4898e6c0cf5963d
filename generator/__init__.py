"""SOP data in, official pages out: load → validate → catalogue → chart → layout → render → publish."""
