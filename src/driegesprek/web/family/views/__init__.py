"""The family's pages."""

from driegesprek.web.family.views.ended import session_ended

__all__ = ["session_ended"]
