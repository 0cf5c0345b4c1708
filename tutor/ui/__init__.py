"""What is seen. The only place that imports Textual.

Messages go up, attributes go down: app > screens > answer > cells, exercise > keys > kit > terminal.
"""
