"""Who agrees with which words, shown by signatures that anybody can check.

`values` says what an agreement is, `content` what it is about, `answers` which signatures are
sound, `standing` whose newest answer is about what stands there now.
"""
