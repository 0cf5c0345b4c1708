"""The process as a script would find it: streams, signals, limits, confinement.

A line here may change the process, and knows nothing of functions and cells.
"""
