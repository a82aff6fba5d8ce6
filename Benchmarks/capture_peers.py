"""The SQL that other audit systems install, rendered by their packages from PyPI, for the tables of the benchmark."""

from sqlalchemy import BigInteger, Column, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, declarative_base
from sqlalchemy.schema import CreateIndex, CreateTable

TABLES = ("orders", "lines", "wide")


def definitions(tables):
    dialect = postgresql.dialect()
    parts = []
    for table in tables:
        parts.append(str(CreateTable(table).compile(dialect=dialect)))
        parts += [str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
    return ";\n".join(parts) + ";\n"


def flask_audit_logger():
    from flask_audit_logger import AuditLogger
    from flask_sqlalchemy import SQLAlchemy

    class Base(DeclarativeBase):
        pass

    db = SQLAlchemy(model_class=Base)

    def model(class_name, table, **attributes):
        key = Column(BigInteger, primary_key=True)
        return type(class_name, (db.Model,), {"__tablename__": table, "id": key, **attributes})

    models = [model("User", "users", name=Column(Text))]
    models += [model("Model" + name, name, __table_args__=({"info": {"audit_logged": True}},)) for name in TABLES]
    logger = AuditLogger(db)
    items = list(logger.pg_functions) + list(logger.pg_triggers)
    statements = [str(item.create_sql).replace("\\:", ":").rstrip().rstrip(";") for item in items]
    extension = str(logger.pg_btree_gist_extension.create_sql) + ";\n"
    tables = definitions([logger.transaction_cls.__table__, logger.activity_cls.__table__])
    return extension + tables + ";\n".join(statements) + ";\n"


def postgresql_audit():
    from postgresql_audit import VersioningManager
    from postgresql_audit.base import assign_actor

    manager = VersioningManager()
    base = declarative_base()
    user = type("User", (base,), {"__tablename__": "users", "id": Column(BigInteger, primary_key=True)})
    manager._actor_cls = user
    manager.init(base)
    assign_actor(base, manager.transaction_cls, manager.actor_cls)
    templates = ("jsonb_change_key_name", "operators", "create_activity_row_level", "audit_table_row_level")
    tables = definitions([manager.transaction_cls.__table__, manager.activity_cls.__table__])
    functions = "".join(manager.render_tmpl(name + ".sql") + "\n" for name in templates)
    return tables + functions + "".join(f"select audit_table('{name}');\n" for name in TABLES)
