// Boxes beside the form of a page: answers to the bureau and justifications. Each is sent by a form
// of its own; what is typed in one stays in this browser until then, whatever else is saved.
(function () {
  "use strict";
  const BOXES = "textarea[form^='answer-'], form[action$='/justification/'] textarea";
  const key = (box) => "kept:" + location.pathname + "#" + box.id;

  function restore() {
    for (const box of document.querySelectorAll(BOXES)) {
      const kept = localStorage.getItem(key(box));
      if (kept === null || box.value === kept) continue;
      box.value = kept;
      const folded = box.closest("details");
      if (folded) folded.open = true;
    }
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches(BOXES)) return;
    try {
      localStorage.setItem(key(event.target), event.target.value);
    } catch {
      // A full or forbidden storage: the text is still in its box.
    }
  });
  document.addEventListener("submit", (event) => {
    for (const box of event.target.elements) {
      if (box.matches(BOXES)) localStorage.removeItem(key(box));
    }
  });
  document.addEventListener("htmx:oobAfterSwap", restore);
  document.addEventListener("htmx:afterSwap", restore);
  restore();
})();
