"""The site engine as a shell: staged pages → frames."""
