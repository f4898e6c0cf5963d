"""A poster for the counter and a leaflet, in large print."""
