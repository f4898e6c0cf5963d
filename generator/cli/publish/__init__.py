"""Commands that make something of the data: sites and documents."""
