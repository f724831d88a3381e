"""A contract as something to keep, print or hand on: text, Markdown, JSON, a web page.

Everything here turns a `Reading` into a string. No export ever contains a key.
"""
