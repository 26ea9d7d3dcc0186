"""Findings kept: who is on which list since when, and the page that says why."""
