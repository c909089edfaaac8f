// Suggestions under the search box, leaving at once, copying and printing, files that are too large. Everything works without this file.
"use strict";
for (const box of document.querySelectorAll("form.search input[type=search]")) suggest(box);
for (const way of document.querySelectorAll("a.leave")) way.addEventListener("click", e => {
  e.preventDefault();
  // Whoever opens the page next is asked first whose draft it is.
  if (document.querySelector("input[name=talk]")) document.cookie = "left=1;path=/;max-age=259200;SameSite=Strict";
  document.documentElement.hidden = true; // while the other page loads
  location.replace(way.href);
});

for (const b of document.querySelectorAll("[data-print],[data-copy]")) {
  b.hidden = false;
  b.addEventListener("click", async () => {
    if (!b.dataset.copy) return print();
    try {
      await navigator.clipboard.writeText(b.dataset.text || document.getElementById(b.dataset.copy).innerText);
      b.textContent = "复制好了";
    } catch { b.textContent = "没有复制成，请手抄"; }
  });
}

for (const box of document.querySelectorAll("input[data-most]")) box.addEventListener("change", () => {
  box.setCustomValidity([...box.files].some(f => f.size > box.dataset.most) ? box.dataset.tooLarge : "");
  box.reportValidity();
});

function suggest(input) {
  const list = document.createElement("ul");
  list.className = "suggest"; list.id = input.id + "-list"; list.hidden = true;
  list.setAttribute("role", "listbox"); list.setAttribute("aria-label", "搜索建议");
  input.parentElement.append(list);
  for (const [k, v] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"], ["autocomplete", "off"]]) input.setAttribute(k, v);
  let at = -1, timer = 0, asked = null;

  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const go = row => { location.assign(row.dataset.url); };
  const mark = n => {
    const rows = list.children;
    if (!rows.length) return;
    at = (n + rows.length) % rows.length;
    for (let i = 0; i < rows.length; i++) rows[i].setAttribute("aria-selected", i === at ? "true" : "false");
    input.setAttribute("aria-activedescendant", rows[at].id);
  };
  const show = found => {
    if (at >= 0) return; // somebody is choosing
    list.replaceChildren(...found.map((s, i) => {
      const row = document.createElement("li"), kind = document.createElement("small");
      row.id = list.id + i; row.setAttribute("role", "option"); row.setAttribute("aria-selected", "false");
      row.dataset.url = s.url; row.textContent = s.text; kind.textContent = s.kind; row.append(kind);
      row.addEventListener("mousedown", e => { e.preventDefault(); go(row); });
      return row;
    }));
    at = -1; list.hidden = !found.length; input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const ask = async () => {
    const q = input.value.trim();
    if (asked) asked.abort();
    if (!q) return close();
    asked = new AbortController();
    try {
      const r = await fetch("/suggest?q=" + encodeURIComponent(q), { signal: asked.signal });
      if (r.ok) show((await r.json()).suggestions || []);
    } catch { /* the form still works */ }
  };
  const later = () => { at = -1; clearTimeout(timer); timer = setTimeout(ask, 150); };
  input.addEventListener("input", e => { if (!e.isComposing) later(); });
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", e => {
    if (e.isComposing) return;
    if (e.key === "Escape" && !list.hidden) { close(); e.preventDefault(); }
    else if (list.hidden) return;
    else if (e.key === "ArrowDown") { mark(at + 1); e.preventDefault(); }
    else if (e.key === "ArrowUp") { mark(at < 0 ? -1 : at - 1); e.preventDefault(); }
    else if (e.key === "Enter" && at >= 0) { go(list.children[at]); e.preventDefault(); }
  });
}
