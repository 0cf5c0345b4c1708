"""Widgets that know nothing of closures: panes, text, editors, themes.

A line here would do in another app.
"""
