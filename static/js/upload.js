// Files in pieces (tus 1.0): with progress, and on from where it was when the connection comes back.
// Without it the form sends the file itself.
(function () {
  "use strict";
  const PIECE = 2 * 1024 * 1024;
  const PATIENCE = [1000, 2000, 5000, 10000];

  class Lost extends Error {}

  function ask(method, url, headers, job, body) {
    return new Promise((resolve, reject) => {
      const request = (job.request = new XMLHttpRequest());
      request.open(method, url);
      for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", "X-CSRFToken": job.token, ...headers })) {
        request.setRequestHeader(name, value);
      }
      request.upload.onprogress = (event) => body && job.show(job.offset + event.loaded);
      request.onload = () => (request.status >= 500 ? reject(new Lost()) : resolve(request));
      request.onerror = () => reject(new Lost());
      request.onabort = () => reject(new Error("cancelled"));
      request.send(body || null);
    });
  }

  function offsetIn(answer) {
    // Any other page, such as the one to sign in, has no such header.
    const offset = answer.getResponseHeader("Upload-Offset");
    return offset === null ? null : Number(offset);
  }

  async function find(job) {
    const known = job.url || localStorage.getItem(job.key);
    if (known) {
      const answer = await ask("HEAD", known, {}, job);
      if (offsetIn(answer) !== null) return [known, offsetIn(answer)];
    }
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(job.file.name)));
    const answer = await ask("POST", job.endpoint, { "Upload-Length": job.file.size, "Upload-Metadata": "filename " + name }, job);
    if (answer.status !== 201) throw new Error("refused");
    // The path alone: a proxy may have told the portal another name of this site.
    const url = new URL(answer.getResponseHeader("Location"), location.href).pathname;
    try {
      localStorage.setItem(job.key, url);
    } catch {
      // A full or forbidden storage: it goes on as long as this page is open.
    }
    return [url, 0];
  }

  async function send(job) {
    [job.url, job.offset] = await find(job);
    while (job.offset < job.file.size) {
      const headers = { "Upload-Offset": job.offset, "Content-Type": "application/offset+octet-stream" };
      const answer = await ask("PATCH", job.url, headers, job, job.file.slice(job.offset, job.offset + PIECE));
      if (answer.status === 409 || answer.status === 423) throw new Lost();
      if (offsetIn(answer) === null) throw new Error("refused");
      job.offset = offsetIn(answer);
      job.tries = 0;
      job.show(job.offset);
    }
  }

  function pause(job) {
    const wait = PATIENCE[Math.min(job.tries++, PATIENCE.length - 1)];
    return new Promise((resolve) => {
      job.wake = resolve;
      setTimeout(resolve, wait);
    });
  }
  let running = null;
  window.addEventListener("online", () => running && running.wake && running.wake());

  async function upload(job) {
    for (;;) {
      try {
        return await send(job);
      } catch (error) {
        if (!(error instanceof Lost) || job.cancelled) throw error;
        job.say(job.box.dataset.offline + job.percent());
        await pause(job);
        if (job.cancelled) throw new Error("cancelled");
      }
    }
  }

  function begin(form, box, file) {
    const [bar, words, cancel] = [box.querySelector("progress"), box.querySelector("[role=status]"), box.querySelector("button")];
    const job = {
      file, box, tries: 0, offset: 0,
      endpoint: box.dataset.upload,
      token: form.elements.csrfmiddlewaretoken.value,
      key: ["kept:upload", box.dataset.upload, file.name, file.size, file.lastModified].join(":"),
      percent: () => Math.floor((100 * bar.value) / bar.max) + "%",
      say: (text) => (words.textContent = text),
      show(done) {
        bar.value = (100 * done) / file.size;
        job.say(box.dataset.sending + job.percent());
      },
    };
    cancel.onclick = () => {
      job.cancelled = true;
      job.request.abort();
      if (job.wake) job.wake();
      localStorage.removeItem(job.key);
      if (job.url) ask("DELETE", job.url, {}, job).catch(() => {});
    };
    box.hidden = cancel.parentElement.hidden = false;
    job.show(0);
    return job;
  }

  async function take(form, box, input, button) {
    const job = (running = begin(form, box, input.files[0]));
    try {
      await upload(job);
    } catch {
      job.say(job.cancelled ? box.dataset.cancelled : box.dataset.refused);
      return;
    } finally {
      running = null;
    }
    localStorage.removeItem(job.key);
    job.say(box.dataset.checking);
    form.elements.received.value = job.url.split("/").at(-2);
    input.disabled = true;
    form.requestSubmit(button);
  }

  // Before the guard against double submission: this first submission is not one.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const box = form.querySelector("[data-upload]");
    const input = box && form.elements.upload;
    if (!input || input.disabled || !input.files.length) return;
    event.preventDefault();
    if (running) return;
    if (input.files[0].size > Number(box.dataset.most)) {
      box.hidden = false;
      box.querySelector("[role=status]").textContent = box.dataset.large;
      return;
    }
    take(form, box, input, event.submitter);
  }, true);
  window.addEventListener("pageshow", () => {
    for (const input of document.querySelectorAll("form input[type=file][disabled]")) input.disabled = false;
  });
})();
