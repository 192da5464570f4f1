"""The desk's addresses, an area a module."""

from driegesprek.web.desk.urls import (
    imports,
    line,
    outreach,
    people,
    practice,
    region,
    results,
    school,
    surveys,
    talks,
    texts,
)

app_name = "desk"
urlpatterns = [
    *school.urlpatterns,
    *people.urlpatterns,
    *imports.urlpatterns,
    *line.urlpatterns,
    *outreach.urlpatterns,
    *practice.urlpatterns,
    *talks.urlpatterns,
    *results.urlpatterns,
    *region.urlpatterns,
    *surveys.urlpatterns,
    *texts.urlpatterns,
]
