"""SOP + Drawing → parts of its page."""
