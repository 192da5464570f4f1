/* The desk's few helpers. Every page works without them, except opening a dialog. */
"use strict";
(() => {
  // <button data-dialog="#id"> opens a <dialog>; inside it <form method="dialog"> or data-close closes it.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.querySelector(opener.dataset.dialog)?.showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
  });

  // <input type="checkbox" data-all="name"> ticks every box of that name in its form or table.
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.all;
    if (!name) return;
    const scope = event.target.closest("form, table") ?? document;
    for (const box of scope.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)) {
      box.checked = event.target.checked;
    }
  });

  // In a table with data-rows the arrow keys go from row to row, by each row's first link or button.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches("a, button")) return;
    const row = event.target.closest("table[data-rows] tbody tr");
    if (!row) return;
    const rows = [...row.parentElement.rows];
    const next = rows[rows.indexOf(row) + step]?.querySelector("a, button");
    if (next) { event.preventDefault(); next.focus(); }
  });

  // A form with data-once cannot be sent twice by a double click; after 8 s it may be tried again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.busy) { event.preventDefault(); return; }
    form.dataset.busy = "yes";
    setTimeout(() => delete form.dataset.busy, 8000);
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-busy]")) delete form.dataset.busy;
    document.querySelector("[data-focus]")?.focus();
  });
})();
