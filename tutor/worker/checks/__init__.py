"""What an exercise asks of a finished program, in a fork of its process.

A line here may run the author's checks and learner code; nothing that it does comes back but results.
"""
