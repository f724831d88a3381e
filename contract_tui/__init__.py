"""The program that a student, a teacher and a parent run to write a learning contract together."""
