"""A filing on its way out and back in: Excel templates, JSON, PDF, and copies.

What comes in is hostile until checked; what it may say is decided by the forms of the pages alone.
"""
