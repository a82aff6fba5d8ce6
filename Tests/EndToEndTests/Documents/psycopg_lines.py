"""psycopg_lines.py LINES HOST PORT USER DATABASE: runs the lines of docs/actors.md on a connection of psycopg."""

import sys

import psycopg

lines, host, port, user, database = sys.argv[1:]
actor, address = "42", "10.0.3.17"
with psycopg.connect(host=host, port=port, user=user, dbname=database, autocommit=True) as connection:
    with open(lines) as file:
        exec(file.read())
