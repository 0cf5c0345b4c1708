"""What crosses between the tutor and its child, as plain data.

Standard library only, relative imports only: the child loads this room under a private name.
"""
