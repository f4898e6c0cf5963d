"""What an SOP and the registers consist of, as frozen values."""
