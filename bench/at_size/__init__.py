"""A company of any size in an empty database of PostgreSQL: the same one every time it is built.

    python -m bench.at_size [sample|small|large]

fills the database that DATABASE_URL names. Every stored number follows from its measurements, as
`manage.py check_numbers` proves.
"""
