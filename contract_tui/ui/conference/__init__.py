"""A conference on the screen: the quiet fourth at the table.

It keeps the time, says whose floor it is and what might be asked now, and hands the key that goes
on to the student. What a conference is, and how it goes on, is below (`session.conference`).
"""
