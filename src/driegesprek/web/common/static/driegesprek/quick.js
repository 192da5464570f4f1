/* A question with appearance `quick`: who taps an answer goes on by itself. Never by a key (arrows walk through the
   answers), never where less motion is asked for; what was answered before waits for the button. */
"use strict";
(() => {
  const hint = document.querySelector("[data-quick]");
  const form = hint && hint.closest("form");
  if (!form || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const PAUSE = 400;
  let tapped = false;
  let waiting = 0;
  hint.hidden = false;
  const stop = () => { tapped = false; clearTimeout(waiting); };
  form.addEventListener("pointerdown", (event) => { stop(); tapped = Boolean(event.target.closest(".option")); });
  form.addEventListener("keydown", stop);
  addEventListener("pageshow", stop);
  form.addEventListener("change", (event) => {
    if (!tapped || event.target.type !== "radio") return;
    waiting = setTimeout(() => form.requestSubmit?.(form.querySelector("button.btn[value=next]")), PAUSE);
  });
})();
