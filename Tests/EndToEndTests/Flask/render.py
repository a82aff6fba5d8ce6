"""Prints what flask-audit-logger installs for the tables of a database, as SQL.

render.py TABLE[:COLUMN,COLUMN]...: the audit tables without their constraints, then the functions and triggers as the
package renders them.
"""

import sys

from flask_audit_logger import AuditLogger
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Column
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


def model(name, excluded):
    info = {"audit_logged": {"exclude": excluded} if excluded else True}
    columns = {column: Column(BigInteger) for column in excluded}
    key = Column("id", BigInteger, primary_key=True)
    return type(name, (db.Model,), {"__tablename__": name, "__table_args__": ({"info": info},), "id": key, **columns})


models = [type("User", (db.Model,), {"__tablename__": "users", "id": Column(BigInteger, primary_key=True)})]
for argument in sys.argv[1:]:
    name, _, excluded = argument.partition(":")
    models.append(model(name, excluded.split(",") if excluded else []))
logger = AuditLogger(db)
print(
    """
    create table transaction (
        id bigserial primary key, native_transaction_id bigint, issued_at timestamp, client_addr inet, actor_id bigint
    );
    create table activity (
        id bigserial primary key, schema text, table_name text, relid integer, issued_at timestamp,
        native_transaction_id bigint, verb text, old_data jsonb default '{}', changed_data jsonb default '{}',
        transaction_id bigint references transaction
    );
    """
)
for item in list(logger.pg_functions) + list(logger.pg_triggers):
    print(str(item.create_sql).replace("\\:", ":").rstrip().rstrip(";") + ";")
