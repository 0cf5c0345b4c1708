"""What crosses between the tutor and its child, as plain data: requests down, reports with views up.

Standard library only, relative imports only: the child loads this room under a private name.
"""
