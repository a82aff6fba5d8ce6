"""flask_lines.py LINES HOST PORT USER DATABASE: a small Flask application around the lines of docs/actors.md."""

import sys

from flask import Flask
from flask_login import LoginManager, UserMixin, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL

lines, host, port, user, database = sys.argv[1:]
with open(lines) as file:
    exec(file.read())

app = Flask(__name__)
query = {"host": host, "port": port}
url = URL.create("postgresql+psycopg", username=user, database=database, query=query)
app.config.update(SECRET_KEY="test", SQLALCHEMY_DATABASE_URI=url)
db = SQLAlchemy(app)
logins = LoginManager(app)


class User(UserMixin, db.Model):
    __tablename__ = "users"
    id = db.Column(db.BigInteger, primary_key=True)


class Order(db.Model):
    __tablename__ = "orders"
    id = db.Column(db.BigInteger, primary_key=True)
    status = db.Column(db.Text)


@logins.user_loader
def load_user(user_id):
    return db.session.get(User, int(user_id))


@app.post("/login")
def login():
    login_user(db.session.get(User, 42))
    return ""


@app.post("/orders/<int:number>/<status>")
def change(number, status):
    db.session.get(Order, number).status = status
    db.session.commit()
    return ""


client = app.test_client()
client.post("/orders/57/anonymous", environ_base={"REMOTE_ADDR": "10.0.3.18"})
client.post("/login")
client.post("/orders/57/paid", environ_base={"REMOTE_ADDR": "10.0.3.17"})
client.post("/orders/57/sent", environ_base={"REMOTE_ADDR": "10.0.3.17"})
with app.app_context():
    db.session.get(Order, 57).status = "outside"
    db.session.commit()
