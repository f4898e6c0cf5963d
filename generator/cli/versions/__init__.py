"""The commands on the versions of SOPs: opened, compared, signed, reviewed."""
