/* A part of a page that renews itself while somebody looks: <div data-live="address of that part">, in it once
   [data-live-numbers], around it once [data-live-said] for what is said to a screen reader, and only if numbers changed.
   It stops when the part comes back without data-live, or when the page would lead elsewhere (signed out). */
"use strict";
(() => {
  const EVERY = 30_000;
  const part = () => document.querySelector("[data-live]");
  const numbers = (of) => of.querySelector("[data-live-numbers]")?.textContent.replace(/\s+/g, " ");
  const stops = (of) => [...of.querySelectorAll("a[href], button, [tabindex='0']")];
  let waiting = 0;
  let asked = Date.now();

  const plan = () => {
    clearTimeout(waiting);
    if (part() && !document.hidden) waiting = setTimeout(renew, Math.max(0, asked + EVERY - Date.now()));
  };

  const selects = (of) => {
    const chosen = getSelection();
    return chosen && !chosen.isCollapsed && of.contains(chosen.anchorNode);
  };

  const put = (old, fresh) => {
    const at = stops(old).indexOf(document.activeElement);
    const along = [...old.querySelectorAll(".table-wrap")].map((one) => one.scrollLeft);
    const said = document.querySelector("[data-live-said]");
    const changed = numbers(old) !== numbers(fresh);
    old.replaceWith(fresh);
    fresh.querySelectorAll(".table-wrap").forEach((one, place) => { one.scrollLeft = along[place] ?? 0; });
    if (at >= 0) stops(fresh)[at]?.focus({ preventScroll: true });
    if (said) said.textContent = changed ? said.dataset.liveSaid : "";
  };

  const renew = async () => {
    const old = part();
    if (!old) return;
    asked = Date.now();
    try {
      const answer = await fetch(old.dataset.live, { cache: "no-store" });
      if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return;
      const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(old.id);
      if (fresh && part() === old && !selects(old)) put(old, document.adoptNode(fresh));
    } catch { /* no network now: the page still says how old it is */ }
    plan();
  };

  document.addEventListener("visibilitychange", plan);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-live-renew]") || event.ctrlKey || event.metaKey || event.shiftKey || !part()) return;
    event.preventDefault();
    clearTimeout(waiting);
    renew();
  });
  plan();
})();
