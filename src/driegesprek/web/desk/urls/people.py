"""Classes, pupils, adults."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import people, people_edits

urlpatterns: list[URLPattern] = [
    path("mensen/", people.people, name="people"),
    path("mensen/lijst.<str:kind>", people.export, name="people_export"),
    path("mensen/klas/nieuw/", people_edits.edit_class, name="new_class"),
    path("mensen/klas/<uuid:class_id>/", people_edits.edit_class, name="edit_class"),
    path("mensen/klas/<uuid:class_id>/leerling/", people_edits.new_pupil, name="new_pupil"),
    path("mensen/band/<uuid:bond_id>/", people_edits.edit_tie, name="edit_tie"),
    path("mensen/band/<uuid:bond_id>/einde/", people_edits.end_tie, name="end_tie"),
    path("mensen/band/<uuid:bond_id>/terug/", people_edits.resume_tie, name="resume_tie"),
    path("mensen/band/<uuid:bond_id>/code/", people_edits.renew_door, name="renew_door"),
    path("mensen/<uuid:pupil_id>/", people.pupil, name="pupil"),
    path("mensen/<uuid:pupil_id>/wijzigen/", people_edits.edit_pupil, name="edit_pupil"),
    path("mensen/<uuid:pupil_id>/klas/", people_edits.move, name="move_pupil"),
    path("mensen/<uuid:pupil_id>/vertrokken/", people_edits.left, name="pupil_left"),
    path("mensen/<uuid:pupil_id>/volwassene/", people_edits.new_adult, name="new_adult"),
    path("mensen/<uuid:pupil_id>/code/", people_edits.renew_pupil_door, name="renew_pupil_door"),
    path("mensen/<uuid:pupil_id>/wissen/", people_edits.erase, name="erase_pupil"),
]
