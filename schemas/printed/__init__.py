"""The formulas that publishers print: under their tables, in header cells, in the row of column numbers.

``27行=（1+2+…+8）行`` speaks of 行次 and ``③=①+②`` of columns, each in the numbers that the table itself prints.
``table.formulas_of`` is the front door: a table as it was taken apart in, its formulas and what they call its columns
out. Nothing is computed here.
"""
