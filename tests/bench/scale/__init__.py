"""Time and memory of whole builds, from 100 to 10,000 SOPs, beside plain engines on the same staged pages."""
