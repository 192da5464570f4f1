"""Sphinx settings: Markdown pages, one look."""

project = "Driegesprek"
copyright = "the contributors of Driegesprek, EUPL-1.2"
extensions = ["myst_parser"]
html_theme = "furo"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
