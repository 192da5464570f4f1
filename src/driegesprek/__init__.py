"""Driegesprek: pupil, parent and mentor choose together."""
