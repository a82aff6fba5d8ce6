"""A small application that keeps an audit trail with flask-audit-logger.

app.py URL SCHEMA: makes the tables, functions and triggers with what the package itself provides, then lets a user
log in through a request and write. Prints nothing.
"""

import sys

from flask import Flask
from flask_audit_logger import AuditLogger
from flask_login import LoginManager, UserMixin, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB

url, schema = sys.argv[1], sys.argv[2]

app = Flask(__name__)
app.config.update(SECRET_KEY="test", SQLALCHEMY_DATABASE_URI=url)
db = SQLAlchemy(app)
logins = LoginManager(app)


class User(UserMixin, db.Model):
    __tablename__ = "users"
    __table_args__ = ({"info": {"audit_logged": {"exclude": ["password"]}}},)
    id = db.Column(db.BigInteger, primary_key=True)
    name = db.Column(db.Text)
    password = db.Column(db.Text)


class Article(db.Model):
    __tablename__ = "articles"
    __table_args__ = ({"info": {"audit_logged": True}},)
    id = db.Column(db.BigInteger, primary_key=True)
    title = db.Column(db.Text)
    attributes = db.Column(JSONB)


audit_logger = AuditLogger(db, schema=schema)


@logins.user_loader
def load_user(user_id):
    return db.session.get(User, int(user_id))


@app.post("/login")
def login():
    login_user(db.session.query(User).filter_by(name="Grace Hopper").one())
    return ""


@app.post("/articles")
def create():
    db.session.add(Article(id=7, title="Draft", attributes={"tags": ["a"], "pages": 3}))
    db.session.commit()
    return ""


@app.post("/articles/7")
def change():
    article = db.session.get(Article, 7)
    article.title = "Final"
    article.attributes = {"tags": ["a", "b"], "pages": 3}
    db.session.commit()
    return ""


def install():
    db.session.execute(audit_logger.pg_btree_gist_extension.create_sql)
    if schema != "public":
        db.session.execute(audit_logger.render_sql_template("create_schema.sql"))
    db.session.commit()
    db.create_all()
    for item in audit_logger.pg_functions + audit_logger.pg_triggers:
        db.session.execute(item.create_sql)
    db.session.commit()


with app.app_context():
    install()
    with audit_logger.disable(db.session):
        db.session.add(User(id=42, name="Grace Hopper", password="correct horse"))
        db.session.commit()
    client = app.test_client()
    client.post("/login")
    client.post("/articles")
    client.post("/articles/7")
    db.session.execute(text("delete from articles"))
    db.session.execute(text("update users set password = 'battery staple'"))
    db.session.commit()
