"""One short file a command. None of them imports Textual."""
