"""django_lines.py LINES HOST PORT USER DATABASE: a small Django application around the lines of docs/actors.md."""

import logging
import sys
import types

import django
from django.conf import settings

lines, host, port, user, database = sys.argv[1:]


def make_module(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


with open(lines) as file:
    exec(file.read(), make_module("page").__dict__)


def authenticate(get_response):
    """Stands for AuthenticationMiddleware: who acts is in the address."""

    def middleware(request):
        key = request.GET.get("user")
        request.user = types.SimpleNamespace(pk=int(key) if key else None)
        return get_response(request)

    return middleware


make_module("stand_in", authenticate=authenticate)
settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="test",
    ROOT_URLCONF="addresses",
    MIDDLEWARE=["stand_in.authenticate", "page.name_the_actor"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": user,
            "HOST": host,
            "PORT": port,
            "ATOMIC_REQUESTS": True,
        }
    },
)
django.setup()
logging.disable()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402


def write(status):
    with connection.cursor() as cursor:
        cursor.execute("update orders set status = %s where id = 57", [status])


def change(request, status):
    write(status)
    if status == "failing":
        raise ValueError("a view that fails")
    return HttpResponse("")


make_module("addresses", urlpatterns=[path("<status>", change)])
client = Client(raise_request_exception=False)
client.post("/anonymous", REMOTE_ADDR="10.0.3.18")
client.post("/paid?user=42", REMOTE_ADDR="10.0.3.17")
assert client.post("/failing?user=42").status_code == 500
client.post("/sent?user=42", REMOTE_ADDR="10.0.3.17")
write("outside")
