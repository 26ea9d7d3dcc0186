// Comfort on top of pages that work without it: one menu open at a time, Escape closes, keys j and k walk a list,
// a button that names a key (data-key) is pressed by it. Single keys can be switched off (WCAG 2.1.4).
(() => {
  const menus = [...document.querySelectorAll(".top details")];
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of menus) menu.open = false;
    const typing = event.target.closest("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("keys") === "off") return;
    const named = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (named && !event.repeat) { event.preventDefault(); named.click(); return; }
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
    if (event.key === "j" || event.key === "k") {
      const rows = [...document.querySelectorAll(".lines th[scope=row] a")];
      if (!rows.length) return;
      const here = rows.indexOf(document.activeElement);
      const next = rows[Math.min(rows.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)))];
      next.focus();
    }
  });
  for (const every of document.querySelectorAll("[data-every]")) {
    const form = every.form;
    const said = form.querySelector("[data-chosen]");
    const unsaid = said.textContent;
    const boxes = [...form.elements].filter((one) => one.name === every.dataset.every);
    const say = () => {
      const count = boxes.filter((one) => one.checked).length;
      said.textContent = count === 0 ? unsaid : count === 1 ? said.dataset.one : said.dataset.many.replace("{n}", count);
      every.checked = count === boxes.length;
      every.indeterminate = count > 0 && count < boxes.length;
    };
    every.closest("label").hidden = false;
    every.addEventListener("change", () => { for (const one of boxes) one.checked = every.checked; say(); });
    for (const one of boxes) one.addEventListener("change", say);
    say();
  }
  for (const button of document.querySelectorAll("[data-keys]")) {
    const say = () => {
      const on = localStorage.getItem("keys") !== "off";
      button.setAttribute("aria-pressed", String(on));
      document.documentElement.classList.toggle("no-keys", !on);
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      localStorage.setItem("keys", localStorage.getItem("keys") === "off" ? "on" : "off");
      say();
    });
    say();
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
