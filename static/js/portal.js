// Small comforts; every page works without them.
(function () {
  "use strict";
  let unsaved = false;

  // A second press while the first is under way does nothing; the back button gives the form back.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    unsaved = false;
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  });

  // Leaving a form with unsaved text asks first.
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-keep]")) unsaved = true;
  });
  document.addEventListener("kept", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // What was kept in this browser goes when it has been saved, and when its owner signs out.
  const sent = sessionStorage.getItem("sent");
  if (sent && sent !== "kept:" + location.pathname) {
    localStorage.removeItem(sent);
    sessionStorage.removeItem("sent");
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/logout/")) return;
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("kept:")) localStorage.removeItem(key);
    }
  });

  // The user menu closes by Escape or a click beside it.
  const menu = document.querySelector(".user-menu");
  if (menu) {
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
})();
