// Forms that save themselves. What can't be saved is kept in this browser until it can.
(function () {
  "use strict";
  const RETRY = 10000;
  let form, status, key;
  let retry = null;
  // What was typed and what of it went out, counted by changes; a page that is left in between
  // keeps its text here, and saves it when it is opened again.
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
    if (savesItself()) again();
  }

  function savesItself() {
    return form && form.hasAttribute("hx-post");
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
    if (event.detail.target.id === "field-milestones") return rowsChanged();
    if (!status || event.detail.target !== status) return;
    status.classList.remove("saved-bad");
    sent = event.detail.requestConfig.typed;
    if (sent < typed) return;
    forget();
    form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  });

  function rowsChanged() {
    document.querySelector("#field-milestones [name=add_row]").focus();
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
  window.addEventListener("pagehide", () => {
    if (savesItself() && sent < typed && !leaving) keep();
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
    key = "kept:" + new URL(form.getAttribute("hx-post") || form.getAttribute("action") || location.href, location.href).pathname;
    restore();
  }
  attend();
})();
