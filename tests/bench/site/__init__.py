"""What a page of the site weighs on the wire, whether it shifts, and whom it asks."""
