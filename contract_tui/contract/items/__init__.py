"""The things that a contract lists: supports, goals with their steps, promises, reflections, notes.

`paths` says what each is called, `tokens` what can be chosen of it, `values` what it is, `reading`
how it stands in the document, `writing` how it comes there, `positions` in which order. `rights`
says who may say what, `hands` what counts as the student's word, `rightful` what counts where
others wrote over it, `removal` and `vanished` what can be brought back, `notes` where notes are
attached. `terms` has the words for all of them, `words` the sentences for who may not do something.
"""
