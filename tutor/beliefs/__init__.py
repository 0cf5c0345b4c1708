"""False ideas of variables, each a rewriting of a program that makes it true: what would it print?

A line here changes trees; it runs nothing, and imports the standard library and nothing else.
"""
