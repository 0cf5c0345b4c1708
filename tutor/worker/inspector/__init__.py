"""The functions and cells of a program at one moment, as plain data.

A line here may read every object of the program; it runs none of its code and keeps none of its objects.
"""
