"""A terminal tutor that makes Python closures visible."""

__version__ = "0.1.0"
