"""The life of an application whose tables Alembic migrates, with one that writes all the while.

life.py URL FOLDER INIT STATUS: INIT takes the installation over, and is asked again at the end; STATUS is the command that tells
what is installed. Prints what is wrong, a line for each; nothing when every write was made and recorded.
"""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import redirect_stdout

import alembic
from alembic import command
from alembic.config import Config
from flask import Flask
from flask_audit_logger import AuditLogger
from flask_login import LoginManager, UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, text

url, folder, init, status = sys.argv[1:5]
has_subtitle = len(sys.argv) > 5

app = Flask(__name__)
app.config.update(SECRET_KEY="test", SQLALCHEMY_DATABASE_URI=url)
db = SQLAlchemy(app)
logins = LoginManager(app)


class User(UserMixin, db.Model):
    __tablename__ = "users"
    id = db.Column(db.BigInteger, primary_key=True)
    name = db.Column(db.Text)


class Article(db.Model):
    __tablename__ = "articles"
    __table_args__ = ({"info": {"audit_logged": True}},)
    id = db.Column(db.BigInteger, primary_key=True)
    title = db.Column(db.Text)
    if has_subtitle:
        subtitle = db.Column(db.Text)


audit_logger = AuditLogger(db)

env = """
import sys
from alembic import context
life = sys.modules["__main__"]
with life.app.app_context(), life.db.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=life.db.metadata, **life.options())
    with context.begin_transaction():
        context.run_migrations()
"""


def options():
    """What env.py is told: the function that init has printed, where it has."""
    path = folder + "/filter.py"
    if not os.path.exists(path):
        return {}
    names = {}
    with open(path) as file:
        exec(file.read(), names)
    return {"include_object": names["include_object"]}


def config():
    made = Config(stdout=open(os.devnull, "w"))
    made.set_main_option("script_location", folder + "/migrations")
    return made


def migrate():
    with redirect_stdout(open(os.devnull, "w")):
        command.revision(config(), autogenerate=True, message="step")
        command.upgrade(config(), "head")


def run(line):
    done = subprocess.run(line, shell=True, capture_output=True, text=True)
    if done.returncode != 0:
        print(line.split()[1], "ended with", done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


class Writer(threading.Thread):
    """Writes in transactions of its own until it is stopped."""

    def __init__(self):
        super().__init__()
        self.written = 0
        self.failures = []
        self.stopped = threading.Event()
        self.engine = create_engine(url)

    def run(self):
        while not self.stopped.is_set():
            try:
                with self.engine.begin() as connection:
                    connection.execute(
                        text("insert into articles (id, title) values (:id, 'x')"), {"id": self.written + 1000}
                    )
                self.written += 1
            except Exception as error:
                self.failures.append(str(error).splitlines()[0])

    def wait_for_more(self):
        """Until the writer has got on, or has failed."""
        start = self.written
        while self.written < start + 5 and len(self.failures) < 5:
            self.stopped.wait(0.01)


def live():
    os.makedirs(folder + "/migrations/versions")
    shutil.copy(os.path.dirname(alembic.__file__) + "/templates/generic/script.py.mako", folder + "/migrations")
    with open(folder + "/migrations/env.py", "w") as file:
        file.write(env)
    migrate()
    writer = Writer()
    writer.start()
    try:
        writer.wait_for_more()
        told = run(init + " --adopt")
        if "def include_object" in told:
            with open(folder + "/filter.py", "w") as file:
                file.write(told[told.index("def include_object") :].split("\n# in run_migrations")[0].split("\n\n\n")[0])
        writer.wait_for_more()
        later = [sys.executable, __file__, url, folder, init, status, "later"]
        done = subprocess.run(later, capture_output=True, text=True)
        if done.returncode != 0 or done.stdout:
            print("the next migration:", done.stdout, done.stderr)
        writer.wait_for_more()
        command.downgrade(config(), "-1")
        writer.wait_for_more()
        run(init + " articles")
        writer.wait_for_more()
    finally:
        writer.stopped.set()
        writer.join()
    report(writer)


def report(writer):
    for failure in sorted(set(writer.failures)):
        print("a write failed:", failure)
    with create_engine(url).connect() as connection:
        recorded = connection.execute(text("select count(*) from activity where table_name = 'articles'")).scalar()
        if recorded != writer.written:
            print("written", writer.written, "recorded", recorded)
        loose = connection.execute(text("select count(*) from activity where verb <> 'insert'")).scalar()
        if loose:
            print("recorded that nobody wrote:", loose)
    done = subprocess.run(status, shell=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        if any(word in line for word in ("write_fails", "stale", "missing_trigger", "disabled_trigger")):
            print(line.strip())


if has_subtitle:
    migrate()
else:
    live()
