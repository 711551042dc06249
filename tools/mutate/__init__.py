"""Mutation testing: `make mutate`. How strong the tests are, as a number; see docs/testing.md.

A mutant is the program with one small fault in it. Where the tests fail, it is killed; where they pass, the fault could
be made by hand and nobody would be told.
"""
