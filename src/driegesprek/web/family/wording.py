"""A school's own words, which go before ours; kept in memory for a minute."""

from driegesprek.web.common.wordings import overrides

__all__ = ["overrides"]
