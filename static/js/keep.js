// Forms that save themselves. What can't be saved is kept in this browser until it can.
(function () {
  "use strict";
  const RETRY = 10000;
  const status = document.getElementById("saved");
  const form = document.querySelector("form[data-keep]");
  if (!form || !status) return;
  const savesItself = form.hasAttribute("hx-post");
  const key = "kept:" + location.pathname;
  let retry = null;

  function keep() {
    const typed = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    try {
      localStorage.setItem(key, JSON.stringify(typed));
    } catch {
      // A full or forbidden storage: the text is still in the form.
    }
  }

  function forget() {
    localStorage.removeItem(key);
  }

  function say(text, bad) {
    status.textContent = text;
    status.classList.toggle("saved-bad", bad);
  }

  function put(typed) {
    const values = new Map();
    for (const [name, value] of typed) values.set(name, [...(values.get(name) || []), value]);
    let changed = false;
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "file") continue;
      const kept = values.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") {
        const ticked = Boolean(kept && kept.includes(field.value));
        changed ||= field.checked !== ticked;
        field.checked = ticked;
      } else if (kept && field.value !== kept[0]) {
        field.value = kept[0];
        changed ||= field.type !== "hidden";
      }
    }
    return changed;
  }

  function restore() {
    let typed;
    try {
      typed = JSON.parse(localStorage.getItem(key));
    } catch {
      return forget();
    }
    if (!Array.isArray(typed)) return;
    if (!put(typed)) return forget();
    say(status.dataset.back, false);
    if (savesItself) again();
  }

  function again() {
    clearTimeout(retry);
    window.htmx.trigger(form, "change");
  }

  function failed(text) {
    keep();
    say(text, true);
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.elt !== form) return;
    // The page to sign in, or anything else that was not asked for, is no answer to a save.
    const path = new URL(event.detail.xhr.responseURL, location.href).pathname;
    if (path === location.pathname && event.detail.xhr.status === 200) return;
    event.detail.shouldSwap = false;
    failed(status.dataset.refused);
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (event.detail.elt !== form) return;
    failed(status.dataset.offline);
    clearTimeout(retry);
    retry = setTimeout(again, RETRY);
  });
  window.addEventListener("online", () => savesItself && localStorage.getItem(key) && again());
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== status) return;
    status.classList.remove("saved-bad");
    forget();
    form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  });

  // A piece that somebody is writing in is not replaced under the hands.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const target = event.detail.target;
    if (target.id !== "clashes" && target.contains(document.activeElement)) event.preventDefault();
  });

  // The button waits for a save that is under way, which would look like somebody else's.
  let pressed = null;
  form.addEventListener("submit", (event) => {
    if (!form.classList.contains("htmx-request")) return;
    event.preventDefault();
    pressed = { button: event.submitter };
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !pressed) return;
    const { button } = pressed;
    pressed = null;
    setTimeout(() => form.requestSubmit(button));
  });

  if (!savesItself) {
    form.addEventListener("input", keep);
    form.addEventListener("submit", () => sessionStorage.setItem("sent", key));
  }
  restore();
})();
