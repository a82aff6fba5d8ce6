"""The life of a Django project whose own migrations change its tables, with one who writes all the while.

django_life.py HOST PORT USER DATABASE FOLDER INIT STATUS: prints what is wrong, a line for each; nothing when every write was
made and recorded.
"""

import os
import subprocess
import sys
import threading

host, port, user, database, folder, init, status = sys.argv[1:8]

MODELS = """
from django.db import models

class Article(models.Model):
    title = models.TextField()
    {more}
"""

sys.path.insert(0, folder)
sys.dont_write_bytecode = True


def write_models(more=""):
    os.makedirs(folder + "/shelf/migrations", exist_ok=True)
    for name in ("/shelf/__init__.py", "/shelf/migrations/__init__.py"):
        open(folder + name, "a").close()
    with open(folder + "/shelf/models.py", "w") as file:
        file.write(MODELS.format(more=more))


SETTINGS = f"""
SECRET_KEY = "test"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shelf"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "HOST": {host!r}, "PORT": {port!r}, "USER": {user!r},
    "NAME": {database!r}}}}}
"""


def run(line, *arguments):
    done = subprocess.run([*line, *arguments], capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        print(line[-1], arguments, "ended with", done.returncode, done.stdout, done.stderr)
    return done.stdout


def manage(*arguments):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-m", "django", *arguments], capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        print(arguments, "ended with", done.returncode, done.stdout, done.stderr)


class Writer(threading.Thread):
    """Writes in transactions of its own until it is stopped, whatever columns there are."""

    def __init__(self):
        super().__init__()
        self.written = 0
        self.failures = []
        self.stopped = threading.Event()

    def run(self):
        import psycopg

        with psycopg.connect(host=host, port=port, user=user, dbname=database, prepare_threshold=None) as connection:
            while not self.stopped.is_set():
                try:
                    with connection.transaction():
                        connection.execute("insert into shelf_article (title) values ('x')")
                        connection.execute("update auth_user set last_name = case last_name when 'x' then 'y' else 'x' end")
                    self.written += 1
                except Exception as error:
                    self.failures.append(str(error).splitlines()[0])

    def wait_for_more(self):
        start = self.written
        while self.written < start + 5 and len(self.failures) < 5:
            self.stopped.wait(0.01)


with open(folder + "/settings.py", "w") as file:
    file.write(SETTINGS)
write_models()
manage("makemigrations", "shelf")
manage("migrate")
os.environ["DJANGO_SUPERUSER_PASSWORD"] = "correct horse"
manage("createsuperuser", "--noinput", "--username", "grace", "--email", "g@example.org")
run(["sh", "-c", init])
writer = Writer()
writer.start()
try:
    writer.wait_for_more()
    write_models("subtitle = models.TextField(null=True)\n    tags = models.ManyToManyField('auth.Group')")
    manage("makemigrations", "shelf", "--name", "more")
    manage("migrate")
    writer.wait_for_more()
    run(["sh", "-c", init])
    writer.wait_for_more()
    manage("migrate", "shelf", "0001")
    writer.wait_for_more()
    run(["sh", "-c", init])
    writer.wait_for_more()
finally:
    writer.stopped.set()
    writer.join()

import psycopg

for failure in sorted(set(writer.failures)):
    print("a write failed:", failure)
with psycopg.connect(host=host, port=port, user=user, dbname=database) as connection:
    for table, verb in (("shelf_article", "insert"), ("auth_user", "update")):
        query = "select count(*) from activity where table_name = %s and verb = %s"
        recorded = connection.execute(query, (table, verb)).fetchone()[0]
        if recorded != writer.written:
            print(table, "written", writer.written, "recorded", recorded)
done = subprocess.run(status, shell=True, capture_output=True, text=True)
for line in done.stdout.splitlines():
    if any(word in line for word in ("write_fails", "stale", "missing_trigger", "unaudited")):
        print(line.strip())
