"""What saving an answer is measured against: a Django view that inserts one row, and a function that does nothing at all.

Its own settings module, with the product's database settings and nothing else: no middleware, no templates, one table.
`make_table` makes the table.
"""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._bare"

SECRET_KEY = "nothing is signed here"  # noqa: S105 - and so it is
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench._bare"
MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []
USE_TZ = True


def _database() -> dict[str, object]:
    from driegesprek.web.site import options  # noqa: PLC0415 - reads the environment

    on = options.read_all()
    return options.database(on["DATABASE"], on["DATA"])


DATABASES = {"default": _database()}


def _model() -> type:
    import uuid  # noqa: PLC0415 - beside its use

    from django.db import models  # noqa: PLC0415 - after the settings

    class Row(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        value = models.TextField()
        saved_at = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "bench"

        def __str__(self) -> str:
            return self.value

    return Row


def insert(request: HttpRequest, **_: object) -> HttpResponse:
    Row.objects.create(value=request.POST["answer"])
    return HttpResponse(status=303, headers={"Location": "/next/"})


def nothing_at_all(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """No Django either: what the web server and the client could do at most."""
    environ["wsgi.input"].read()
    start_response("303 See Other", [("Location", "/next/"), ("Content-Length", "0")])
    return []


urlpatterns = [path("", insert), path("<path:rest>", insert)]
application = get_wsgi_application()
Row = _model()


def make_table() -> None:
    from django.db import connection  # noqa: PLC0415 - after the settings

    with connection.schema_editor() as editor:
        editor.create_model(Row)
