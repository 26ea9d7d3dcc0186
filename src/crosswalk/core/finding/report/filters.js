"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  form.hidden = false;
  const more = document.querySelector(".more-filters");
  if (matchMedia("(max-width: 40rem)").matches) more.open = false;
  const people = [...document.querySelectorAll(".people > li")];
  const words = people.map((one) => one.querySelector("summary").textContent.toLowerCase() + " " + one.querySelector(".ids").textContent.toLowerCase());
  const shown = document.getElementById("shown");
  const nobody = document.getElementById("nobody");
  const names = ["q", "program", "answer", "hand", "county"];

  const wanted = () => {
    const found = {};
    for (const name of names) if (form.elements[name].value) found[name] = form.elements[name].value.trim();
    const tags = [...form.querySelectorAll("[name=tag]:checked")].map((one) => one.value);
    if (tags.length) found.tag = tags.join(" ");
    return found;
  };
  const fits = (one, text, want) => {
    if (want.q && !want.q.toLowerCase().split(/\s+/).every((word) => text.includes(word))) return false;
    if (want.county && one.dataset.county !== want.county) return false;
    if (want.tag) {
      const has = one.dataset.tags.split(" ");
      if (!want.tag.split(" ").every((tag) => has.includes(tag))) return false;
    }
    if (!want.program && !want.answer && !want.hand) return true;
    return one.dataset.programs.trim().split(" ").some((entry) => {
      const [code, answer, hand] = entry.split("/");
      return (!want.program || code === want.program) && (!want.answer || answer === want.answer) && (!want.hand || hand === want.hand);
    });
  };
  const apply = (keep) => {
    const want = wanted();
    let count = 0;
    people.forEach((one, at) => {
      const show = fits(one, words[at], want);
      one.hidden = !show;
      if (show) count += 1;
    });
    shown.textContent = count === people.length ? `${count} people` : `${count} of ${people.length} people`;
    nobody.hidden = count > 0;
    if (keep) history.replaceState(null, "", Object.keys(want).length ? "#" + new URLSearchParams(want) : location.pathname + location.search);
  };
  const read = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (!hash.includes("=")) {
      const target = hash && document.getElementById(hash);
      if (target && target.matches(".people > li")) target.querySelector("details").open = true;
      return;
    }
    const given = new URLSearchParams(location.hash.slice(1));
    for (const name of names) form.elements[name].value = given.get(name) || "";
    const tags = (given.get("tag") || "").split(" ");
    form.querySelectorAll("[name=tag]").forEach((one) => { one.checked = tags.includes(one.value); });
    apply(false);
  };
  form.addEventListener("input", () => apply(true));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("clear").addEventListener("click", () => { form.reset(); apply(true); form.elements.q.focus(); });
  const openAll = document.getElementById("open-all");
  openAll.addEventListener("click", () => {
    const open = openAll.textContent.startsWith("Open");
    people.filter((one) => !one.hidden).forEach((one) => { one.querySelector("details").open = open; });
    openAll.textContent = open ? "Close all reasons" : "Open all reasons";
  });
  document.getElementById("print").addEventListener("click", () => window.print());
  addEventListener("hashchange", read);
  addEventListener("keydown", (event) => {
    if (!document.getElementById("keys").checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "/") { event.preventDefault(); form.elements.q.focus(); return; }
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const heads = people.filter((one) => !one.hidden).map((one) => one.querySelector("summary"));
    const at = heads.indexOf(document.activeElement);
    const next = heads[at < 0 ? 0 : at + step];
    if (next) next.focus();
  });
  apply(false);
  read();
})();
