// Comfort on the pages of deliveries: how far a job is shows by itself, and so does how much of a file is sent.
(() => {
  const look = async () => {
    const shown = document.querySelector("[data-live]");
    if (!shown) return;
    try {
      const answer = await fetch(shown.dataset.live, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) {
        const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#progress");
        if (!next || next.dataset.state !== shown.dataset.state) { location.reload(); return; }
        if (next.innerHTML !== shown.innerHTML) shown.innerHTML = next.innerHTML;
      }
    } catch { /* the network is away for a moment: look again */ }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
  const form = document.querySelector("form[data-sending]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    const bar = form.querySelector("progress");
    if (!file || file.size < 5e6 || !bar) return;
    event.preventDefault();
    form.querySelector("button.primary").disabled = true;
    bar.hidden = false;
    const sending = new XMLHttpRequest();
    sending.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
    });
    sending.addEventListener("load", () => {
      if (sending.status < 300) { location.assign(sending.responseURL); return; }
      const page = new DOMParser().parseFromString(sending.responseText, "text/html");
      const main = page.querySelector("main");
      if (main) document.querySelector("main").replaceWith(main);
      document.querySelector(".errors")?.focus();
    });
    sending.addEventListener("error", () => { bar.hidden = true; form.querySelector("button.primary").disabled = false; });
    sending.open("POST", form.action || location.href);
    sending.send(new FormData(form));
  });
})();
