"""The demonstration school: invented people, the same for the same seed."""
