// Small comforts; every page works without them.
(function () {
  "use strict";
  // A second press on a button while the first is under way does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method === "get") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.addEventListener("pageshow", function () { delete form.dataset.sent; }, { once: true });
    dirty = false;
  });
  // Leaving a form with unsaved text asks first.
  var dirty = false;
  document.addEventListener("input", function (event) {
    if (event.target.closest("form[data-keep]")) dirty = true;
  });
  window.addEventListener("beforeunload", function (event) { if (dirty) event.preventDefault(); });
})();
