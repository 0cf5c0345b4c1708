"""What is taught. Knows no Textual and no process."""
