/* For a family's phone. Every page works without this file; it only makes some things kinder. */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const show = (selector, on) => all(selector).forEach((element) => { element.hidden = !on; });

  /* Reading aloud: only where the browser has a voice for the language of the page. */
  const speech = window.speechSynthesis;
  const languageOf = (element) => element.closest("[lang]").lang;
  const voiceFor = (language) => {
    const short = (code) => code.toLowerCase().split(/[-_]/)[0];
    return speech.getVoices().find((voice) => short(voice.lang) === short(language));
  };
  const words = (element) => {
    const copy = element.cloneNode(true);
    all(".dutch, svg, [hidden]", copy).forEach((part) => part.remove());
    return copy.textContent.trim();
  };
  const pressed = (button, on) => {
    button.setAttribute("aria-pressed", on);
    button.querySelector("[data-aloud-start]").hidden = on;
    button.querySelector("[data-aloud-stop]").hidden = !on;
  };
  const quiet = () => { speech.cancel(); all("[data-aloud]").forEach((button) => pressed(button, false)); };
  const read = (button) => {
    const reading = button.getAttribute("aria-pressed") === "true";
    quiet();
    if (reading) return;
    pressed(button, true);
    const parts = all(button.dataset.aloud).filter((element) => words(element) && voiceFor(languageOf(element)));
    parts.forEach((element, index) => {
      const line = new SpeechSynthesisUtterance(words(element));
      line.lang = languageOf(element);
      line.voice = voiceFor(line.lang);
      line.rate = 0.9;
      if (index === parts.length - 1) line.onend = () => pressed(button, false);
      speech.speak(line);
    });
    if (!parts.length) pressed(button, false);
  };
  const offerVoice = () => all("[data-aloud]").forEach((button) => { button.hidden = !voiceFor(languageOf(button)); });
  if (speech && window.SpeechSynthesisUtterance) {
    all("[data-aloud]").forEach((button) => button.addEventListener("click", () => read(button)));
    speech.addEventListener?.("voiceschanged", offerVoice);
    addEventListener("pagehide", () => speech.cancel());
    offerVoice();
  }

  /* What was typed stays in this tab until the server has it. form[data-keep="<unguessable key of this answer>"];
     the next page with a form of another key, or any page with [data-keep-clear], means that it was saved. */
  const PREFIX = "driegesprek:";
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
  const typed = (form) => all("textarea, input, select", form).filter((field) =>
    field.name && field.name !== "csrfmiddlewaretoken" && !/^(hidden|password|file|submit)$/.test(field.type)
    && !field.hasAttribute("data-no-keep"));
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
  const keep = (form) => {
    const values = typed(form).filter((field) => !isChoice(field) || field.checked).map((field) => [field.name, field.value]);
    try { store.setItem(PREFIX + form.dataset.keep, JSON.stringify(values)); } catch { /* full or forbidden: do without */ }
  };
  const untouched = (field) => isChoice(field) ? !field.defaultChecked : !field.defaultValue;
  const restore = (form) => {
    const values = JSON.parse(store.getItem(PREFIX + form.dataset.keep) || "[]");
    const fields = typed(form).filter((field) => field.tagName !== "SELECT");
    if (!values.length || !fields.every(untouched)) return;
    for (const [name, value] of values) {
      for (const field of fields.filter((one) => one.name === name)) {
        if (!isChoice(field)) field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
    show("[data-restored]", values.some(([, value]) => value));
  };
  if (store) {
    const forms = all("form[data-keep]");
    const sent = store.getItem(PREFIX + "sent");
    if (document.querySelector("[data-keep-clear]")) {
      Object.keys(store).filter((key) => key.startsWith(PREFIX)).forEach((key) => store.removeItem(key));
    } else if (sent && forms.length && !forms.some((form) => form.dataset.keep === sent)) {
      store.removeItem(PREFIX + sent);
      store.removeItem(PREFIX + "sent");
    }
    forms.forEach((form) => {
      restore(form);
      form.addEventListener("input", () => keep(form));
      form.addEventListener("submit", () => store.setItem(PREFIX + "sent", form.dataset.keep));
    });
  }

  /* No connection: say so, and do not send what would be lost. */
  const online = () => show("[data-offline]", !navigator.onLine);
  addEventListener("online", online);
  addEventListener("offline", online);
  online();

  /* Sent once, not twice; after 8 s, or when coming back, one may try again. */
  const free = (form) => {
    delete form.dataset.busy;
    all(".btn", form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!navigator.onLine || form.dataset.busy) { event.preventDefault(); online(); return; }
    form.dataset.busy = "yes";
    all(".btn", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(() => free(form), 8000);
  });
  addEventListener("pageshow", () => all("[data-busy]").forEach(free));

  /* Choose three: data-choose="3" on the fieldset, in it [data-choose-count] with data-text="{n} of 3"
     and data-more="choose one less". Nothing is locked; the server has the last word. */
  all("[data-choose]").forEach((group) => {
    const count = group.querySelector("[data-choose-count]");
    const tell = () => {
      const chosen = all("input:checked", group).length;
      const wanted = Number(group.dataset.choose);
      count.textContent = (chosen > wanted ? count.dataset.more : count.dataset.text).replace("{n}", chosen);
      count.classList.toggle("enough", chosen === wanted);
      count.hidden = false;
    };
    if (count) { group.addEventListener("change", tell); addEventListener("pageshow", tell); tell(); }
  });
})();
