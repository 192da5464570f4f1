"""Bringing in a class list."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import doubles, imports

urlpatterns: list[URLPattern] = [
    path("inlezen/", imports.start, name="import"),
    path("inlezen/dubbel/", doubles.questions, name="doubles"),
    path("inlezen/dubbel/<uuid:double_id>/", doubles.decide, name="double"),
    path("inlezen/<uuid:upload_id>/", imports.preview, name="import_preview"),
    path("inlezen/<uuid:upload_id>/kolommen/", imports.columns, name="import_columns"),
    path("inlezen/<uuid:upload_id>/omvang/", imports.choose, name="import_choose"),
    path("inlezen/<uuid:upload_id>/toepassen/", imports.apply, name="import_apply"),
    path("inlezen/<uuid:upload_id>/klaar/", imports.done, name="import_done"),
    path("inlezen/<uuid:upload_id>/weg/", imports.discard, name="import_discard"),
]
