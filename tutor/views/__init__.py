"""What is said of functions, cells and recordings, on any medium.

A line here turns reports into words and drawings; colour and layout are of the medium.
"""
