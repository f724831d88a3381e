"""A contract as something to keep, print or hand on: text, Markdown, JSON, a web page, paper.

Everything here turns a `Reading`, or what is different between two versions, into a file's content.
`sheet` says what stands on a page and in which order, in `blocks` that every form draws in its own
way; `plain` holds the same things for JSON, `home` what each person promised, `paper` the layouts
for printing, `calendar` the day to look at it again; `words` has the sentences, `dates` says how
days are written. No export ever contains a key.
"""
