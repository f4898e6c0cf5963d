"""The site engine: staged pages → its pages, and base templates."""
