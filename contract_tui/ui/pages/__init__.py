"""The pages of the workshop: what stands in place of the sections when somebody goes there.

`page` says what a page is and what each is called, `making` makes them, `ground` shows one of them
or the sections, `places` lists where one can go; every other module is one page.
"""
