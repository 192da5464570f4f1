"""The atlas's addresses: public, no login."""

from django.urls import path

from driegesprek.web.atlas.views import child, figures

app_name = "atlas"
urlpatterns = [
    path("kiezen/", child.choose, name="child"),
    path("kiezen/folder.pdf", child.leaflet, name="leaflet"),
    path("kiezen/folders.pdf", child.all_leaflets, name="all_leaflets"),
    path("wegen/", child.ways, name="ways"),
    path("", figures.overview, name="overview"),
    path("cijfers/<slug:name>/", figures.indicator, name="indicator"),
    path("cijfers/<slug:name>.<slug:kind>", figures.download, name="download"),
    path("verloop/<slug:name>/", figures.trend, name="trend"),
    path("kaart/", figures.map_, name="map"),
    path("knelpunten/", figures.bottlenecks, name="bottlenecks"),
]
