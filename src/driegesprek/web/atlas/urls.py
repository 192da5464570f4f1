"""The atlas's addresses: public, no login."""

from django.urls import path

from driegesprek.web.atlas.views import child, figures, files

app_name = "atlas"
urlpatterns = [
    path("kiezen/", child.choose, name="child"),
    path("kiezen/folder.pdf", child.leaflet, name="leaflet"),
    path("kiezen/folders.pdf", child.all_leaflets, name="all_leaflets"),
    path("wegen/", child.ways, name="ways"),
    path("", figures.overview, name="overview"),
    path("cijfers/<slug:name>/", figures.indicator, name="indicator"),
    path("cijfers/<slug:name>.<slug:kind>", files.indicator, name="download"),
    path("stromen.<slug:kind>", files.flows, name="flows_file"),
    path("verloop/<slug:name>/", figures.trend, name="trend"),
    path("verloop/<slug:name>.<slug:kind>", files.trend, name="trend_file"),
    path("kaart/", figures.map_, name="map"),
    path("kaart.<slug:kind>", files.map_, name="map_file"),
    path("knelpunten/", figures.bottlenecks, name="bottlenecks"),
    path("knelpunten.<slug:kind>", files.bottlenecks, name="bottlenecks_file"),
]
