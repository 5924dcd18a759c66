// Forms that save themselves. What can't be saved is kept in this browser until it can.
(function () {
  "use strict";
  const RETRY = 10000;
  let form, status, key;
  let retry = null;
  // How often something was typed, and at which of these what was typed last went out.
  let typed = 0;
  let sent = 0;
  let leaving = false;

  function keep() {
    const values = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    try {
      localStorage.setItem(key, JSON.stringify(values));
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

  // What was kept goes back only if it says something else than the page does now.
  function put(kept) {
    const values = new Map();
    for (const [name, value] of kept) values.set(name, [...(values.get(name) || []), value]);
    const changes = [];
    let visible = false;
    for (const field of form.elements) {
      if (!field.name || field.form !== form || field.name === "csrfmiddlewaretoken" || field.type === "file") continue;
      const value = values.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") {
        const ticked = Boolean(value && value.includes(field.value));
        if (field.checked === ticked) continue;
        changes.push(() => (field.checked = ticked));
        visible = true;
      } else if (value && field.value !== value[0]) {
        changes.push(() => (field.value = value[0]));
        visible ||= field.type !== "hidden";
      }
    }
    if (visible) for (const change of changes) change();
    return visible;
  }

  function restore() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(key));
    } catch {
      return forget();
    }
    if (!Array.isArray(kept)) return;
    if (!put(kept)) return forget();
    say(status.dataset.back, false);
    if (!savesItself()) return;
    // Before the page is complete nothing listens to the form yet.
    if (document.readyState === "complete") again();
    else window.addEventListener("load", again);
  }

  function savesItself() {
    return form && form.hasAttribute("data-hx-post");
  }

  function again() {
    clearTimeout(retry);
    window.htmx.trigger(form, "change");
  }

  function failed(text) {
    keep();
    say(text, true);
  }

  const isSave = (event) => form && event.detail.elt === form && event.detail.target === status;

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isSave(event)) return;
    // The page to sign in, or anything else that was not asked for, is no answer to a save.
    const path = new URL(event.detail.xhr.responseURL, location.href).pathname;
    if (path === event.detail.requestConfig.path && event.detail.xhr.status === 200) return;
    event.detail.shouldSwap = false;
    failed(status.dataset.refused);
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (!isSave(event)) return;
    failed(status.dataset.offline);
    clearTimeout(retry);
    retry = setTimeout(again, RETRY);
  });
  window.addEventListener("online", () => savesItself() && localStorage.getItem(key) && again());
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isSave(event)) event.detail.requestConfig.typed = typed;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "rows") return attend();
    if ("listed" in event.detail.target.dataset) return rowsChanged(event.detail.target.id);
    if (!status || event.detail.target !== status) return;
    status.classList.remove("saved-bad");
    sent = event.detail.requestConfig.typed;
    if (sent < typed) return;
    forget();
    form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  });

  function rowsChanged(id) {
    document.querySelector(`#${id} [name=add_row]`).focus();
    if (savesItself()) window.htmx.trigger(form, "change");
    else keep();
  }

  // A piece that somebody is writing in is not replaced under the hands.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const target = event.detail.target;
    if (target.id !== "clashes" && target.contains(document.activeElement)) event.preventDefault();
  });

  // The button waits for a save that is under way, which would look like somebody else's.
  let pressed = null;
  document.addEventListener("submit", (event) => {
    if (event.target !== form || !form.classList.contains("htmx-request")) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = { button: event.submitter };
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!pressed || event.detail.elt !== form) return;
    const { button } = pressed;
    pressed = null;
    setTimeout(() => form.requestSubmit(button));
  });

  // A row that is not stored yet can't save itself: it is kept here until it has been sent.
  document.addEventListener("input", (event) => {
    if (!form || !form.contains(event.target) || event.target.form !== form) return;
    typed += 1;
    if (!savesItself()) keep();
  });
  document.addEventListener("submit", (event) => {
    leaving = event.target === form;
  });
  // A page that is left before its save went out sends it on the way; should that fail, the text
  // is here when the page is opened again.
  window.addEventListener("pagehide", () => {
    if (!savesItself() || sent >= typed || leaving) return;
    keep();
    const body = new URLSearchParams(new FormData(form));
    body.set("autosave", "1");
    fetch(form.getAttribute("data-hx-post"), { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
  });
  document.addEventListener("submit", (event) => {
    if (event.target === form && !savesItself()) sessionStorage.setItem("sent", key);
  });

  function attend() {
    status = document.getElementById("saved");
    form = status && document.querySelector("form[data-keep]");
    typed = sent = 0;
    leaving = false;
    if (!form) return;
    key = "kept:" + new URL(form.getAttribute("data-hx-post") || form.getAttribute("action") || location.href, location.href).pathname;
    restore();
  }
  attend();
})();
