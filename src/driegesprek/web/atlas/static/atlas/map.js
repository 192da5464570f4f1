/* The map of the atlas as one can move it. Without this file the drawing stays, and the tables beneath say the same. */
"use strict";
(() => {
  const frame = document.querySelector("[data-map]");
  if (!frame || !window.L) return;
  const words = frame.dataset;
  const live = frame.querySelector(".map-live");
  const ground = frame.querySelector(".map-ground");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const coarse = matchMedia("(pointer: coarse)").matches;
  const rowOf = (id) => document.querySelector(`tr[data-place="${CSS.escape(id)}"]`);
  const cell = (row, at) => row?.cells[at]?.textContent.trim() ?? "";
  const MANY = 30;
  const NEAR = 11;

  /* What a row of the table says of a place is what the map says of it. */
  const sayTown = (feature) => {
    const row = rowOf(feature.id);
    return row ? `${feature.properties.name}: ${cell(row, 1)}` : feature.properties.name;
  };
  const saySpot = ({ id, properties }) => `${properties.name}, ${properties.place}. ${headOf(".map-spots", 2)}: ${cell(rowOf(id), 2)}`;
  const headOf = (table, at) => document.querySelector(`${table} thead`)?.rows[0].cells[at].textContent.trim() ?? "";

  const bubble = (feature) => {
    const box = document.createElement("div");
    const town = feature.properties.kind !== "location";
    const name = document.createElement("p");
    name.textContent = town ? sayTown(feature) : saySpot(feature);
    name.className = "map-name";
    box.append(name);
    const row = rowOf(feature.id);
    if (!town || !row) return box;
    box.append(document.getElementById("map-words").content.cloneNode(true));
    box.querySelector("[data-figures]").href = row.querySelector("a").href;
    const smaller = new URL(location);
    smaller.searchParams.set("area", feature.properties.name);
    box.querySelector("[data-smaller]").href = smaller;
    if (new URL(location).searchParams.get("area") === feature.properties.name) box.querySelector("[data-smaller]").parentElement.remove();
    return box;
  };

  const picked = (id, on) => rowOf(id)?.classList.toggle("picked", on);
  const layers = new Map();
  let opener = null;

  const bind = (layer, feature) => {
    layers.set(String(feature.id), layer);
    layer.bindPopup(() => bubble(feature), { closeButton: true, maxWidth: 240, autoPanPadding: [12, 12] });
    layer.on("popupopen", () => { picked(feature.id, true); layer.setStyle?.({ weight: 3 }); });
    layer.on("popupclose", () => { picked(feature.id, false); layer.setStyle?.({ weight: 1 }); });
  };

  const town = (feature, map) => {
    const { kind, fill, share } = feature.properties;
    const beside = kind === "neighbour";
    const style = beside
      ? { color: "#e4dccf", weight: 1, fillColor: "#fffdf9", fillOpacity: 1, interactive: false }
      : { color: "#5b6675", weight: 1, fillColor: fill, fillOpacity: 0.9, dashArray: share === null ? "3 3" : null };
    const layer = L.geoJSON(feature, { style, interactive: !beside }).getLayers()[0].addTo(map);
    if (beside) return layer;
    layer.bindTooltip(sayTown(feature), { sticky: true });
    bind(layer, feature);
    return layer;
  };

  const spot = (feature, map) => {
    const dot = document.createElement("span");
    dot.className = feature.properties.here ? "map-spot full" : "map-spot";
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = saySpot(feature);
    dot.append(said);
    const [longitude, latitude] = feature.geometry.coordinates;
    const icon = L.divIcon({ html: dot, className: "map-place", iconSize: [24, 24] });
    const marker = L.marker([latitude, longitude], { icon, riseOnHover: true, zIndexOffset: feature.properties.here ? 100 : 0 }).addTo(map);
    marker.bindTooltip(said.textContent, { direction: "top", offset: [0, -8] });
    bind(marker, feature);
    const element = marker.getElement();
    element.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      reveal(marker, element);
    });
    return marker;
  };

  /* Names of municipalities, as soon as they do not run through each other. */
  const naming = (map, towns) => {
    const names = L.layerGroup().addTo(map);
    const write = () => {
      names.clearLayers();
      const seen = map.getBounds();
      const shown = towns.filter(({ layer }) => seen.intersects(layer.getBounds()));
      map.getContainer().classList.toggle("near", map.getZoom() >= NEAR);
      if (shown.length > MANY) return;
      for (const { layer, feature } of shown) {
        const name = document.createElement("span");
        name.textContent = feature.properties.name;
        const icon = L.divIcon({ html: name, className: "map-town", iconSize: null });
        L.marker(layer.getCenter(), { icon, interactive: false, keyboard: false }).addTo(names);
      }
    };
    map.on("moveend", write);
    write();
  };

  /* From the table, or a dot, to its bubble; who closes that by keyboard is led back to where it was opened. */
  const reveal = (layer, from) => {
    layer.openPopup(layer.getCenter?.() ?? layer.getLatLng());
    opener = from;
    const bubbleNow = [...ground.querySelectorAll(".leaflet-popup")].at(-1);
    bubbleNow?.querySelector("a[href]")?.focus({ preventScroll: true });
  };
  const goTo = (map, id, button) => {
    const layer = layers.get(id);
    ground.scrollIntoView({ block: "nearest" });
    if (layer.getBounds) map.fitBounds(layer.getBounds(), { maxZoom: NEAR, animate: false });
    else map.setView(layer.getLatLng(), Math.max(map.getZoom(), NEAR), { animate: false });
    reveal(layer, button);
  };
  const buttons = (map) => {
    const model = document.getElementById("to-map").content.firstElementChild;
    for (const row of document.querySelectorAll("tr[data-place]")) {
      if (!layers.has(row.dataset.place)) continue;
      const button = model.cloneNode(true);
      button.querySelector(".visually-hidden").append(cell(row, 0));
      button.addEventListener("click", () => goTo(map, row.dataset.place, button));
      row.cells[0].append(" ", button);
    }
  };

  const keys = (map) => {
    const back = () => {
      map.closePopup();
      opener?.focus();
      opener = null;
    };
    map.on("popupopen", ({ popup }) => {
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", words.close);
      close.addEventListener("click", (event) => { if (event.detail === 0) back(); });
    });
    ground.addEventListener("keydown", (event) => { if (event.key === "Escape") back(); });
  };

  const draw = (data) => {
    frame.classList.add("live");
    live.hidden = false;
    const map = L.map(ground, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 120, scrollWheelZoom: false,
      dragging: !coarse, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    const parts = (kind) => data.features.filter((one) => one.properties.kind === kind);
    const all = L.geoJSON([...parts("municipality"), ...parts("location")]).getBounds();
    map.fitBounds(all, { padding: [8, 8], animate: false });
    map.setMaxBounds(all.pad(0.5)).setMinZoom(map.getZoom() - 0.5).setMaxZoom(15);
    for (const one of parts("neighbour")) town(one, map);
    const towns = parts("municipality").map((feature) => ({ feature, layer: town(feature, map) }));
    for (const one of parts("location")) spot(one, map);
    L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
    /* The wheel scrolls the page until somebody works with the map. */
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    ground.setAttribute("role", "region");
    ground.setAttribute("aria-label", words.label);
    map.getPanes().overlayPane.setAttribute("aria-hidden", "true");
    keys(map);
    naming(map, towns);
    buttons(map);
    frame.dataset.ready = "yes";
  };

  fetch(words.map).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))).then(draw).catch((error) => {
    frame.classList.remove("live");
    live.hidden = true;
    throw error;
  });
})();
