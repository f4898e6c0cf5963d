"""SOP → the card for those who share its address."""
