"""What Alembic's autogenerate proposes after a command has changed the database.

autogenerate.py URL COMMAND: takes what is in the database for the application's models, runs the command, and prints
what Alembic would propose, a line for each; then, after a line of dashes, what it would propose with the function
include_object that the command has printed.
"""

import subprocess
import sys

import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

url, command = sys.argv[1], sys.argv[2]
engine = sqlalchemy.create_engine(url)
models = sqlalchemy.MetaData()
with engine.connect() as connection:
    models.reflect(connection)
output = subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stderr


def print_proposals(**options):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        for kind, thing, *_ in compare_metadata(context, models):
            print(kind, thing.name)


print_proposals()
print("---")
names = {}
exec(output[output.index("def include_object") :], names)
print_proposals(include_object=names["include_object"])
