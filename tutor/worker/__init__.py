"""Where learner code runs: the child process. Standard library only, nothing from outside this folder."""
