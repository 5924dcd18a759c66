// The workbench by keyboard; every page works without. Keys act outside of fields alone, and whoever
// speaks to the machine or uses single keys otherwise can switch them off.
(function () {
  "use strict";
  const OFF = "workbench-keys-off";
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-keys-off]");
    if (box) box.checked = localStorage.getItem(OFF) === "1";
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-off]")) localStorage.setItem(OFF, event.target.checked ? "1" : "0");
  });

  // A template goes into the form that is there; without this its link makes the page anew.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-fills]");
    const form = link && document.getElementById("comment-form");
    if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const text = form.elements.text;
    text.value = text.value.trim() ? `${text.value}\n${link.dataset.text}` : link.dataset.text;
    if (!form.elements.about.value.startsWith(link.dataset.fills)) form.elements.about.value = link.dataset.fills;
    text.focus();
  });

  function rows() {
    return [...document.querySelectorAll("#result_list tbody th a")];
  }
  function step(by) {
    const links = rows();
    if (!links.length) return;
    const row = document.activeElement.closest("#result_list tbody tr");
    const at = row ? links.findIndex((link) => row.contains(link)) : -1;
    const to = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
    links[to].focus();
  }
  function choose() {
    const row = document.activeElement.closest("#result_list tbody tr");
    const mark = row && row.querySelector("input.action-select");
    if (mark) mark.click();
  }
  function search() {
    const field = document.getElementById("searchbar");
    if (field) field.select();
  }
  const LIST = { j: () => step(1), k: () => step(-1), x: choose, "/": search };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (localStorage.getItem(OFF) === "1") return;
    const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
    if (typing) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    const act = document.getElementById("result_list") && LIST[event.key];
    if (!button && !act) return;
    event.preventDefault();
    if (button) button.click();
    else act();
  });
})();
