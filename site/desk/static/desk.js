// Keys, and the sign that something came. The desk works without this file.
"use strict";
const root = document.documentElement;

// Keys: one letter each, shown on its control; they can be switched off, and are
// off while somebody writes.
const off = () => localStorage.getItem("desk-keys") === "off";
const keyed = document.querySelectorAll("[data-key]");
for (const el of keyed) {
  if (!el.dataset.key || el.matches("input")) continue;
  const k = document.createElement("kbd");
  k.textContent = el.dataset.key; k.setAttribute("aria-hidden", "true");
  el.append(k);
}
root.classList.toggle("quiet", off());

const rows = () => [...document.querySelectorAll(".rows a")].filter(a => a.offsetParent);
const step = by => {
  const all = rows();
  if (!all.length) return;
  let at = all.indexOf(document.activeElement);
  if (at < 0) at = all.findIndex(a => a.hasAttribute("aria-current"));
  all[Math.min(Math.max(at + by, 0), all.length - 1)].focus();
};
const reveal = details => {
  for (let d = details; d; d = d.parentElement.closest("details")) d.open = true;
  const first = details.querySelector("select, textarea, input:not([type=hidden])");
  if (first) first.focus();
};

document.addEventListener("keydown", e => {
  if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && e.target.matches("textarea")) { const send = e.target.form.querySelector("button"); if (send) send.click(); return; }
  if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Escape") {
    const open = e.target.closest("details[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); } else if (e.target.matches("input, textarea, select")) e.target.blur();
    return;
  }
  if (e.target.matches("input, textarea, select") || off()) return;
  if (e.key === "j" || e.key === "k") { step(e.key === "j" ? 1 : -1); e.preventDefault(); return; }
  if (e.key === "?") { help(); e.preventDefault(); return; }
  for (const el of keyed) {
    if (el.dataset.key !== e.key || !el.offsetParent) continue;
    e.preventDefault();
    if (el.matches("summary")) reveal(el.parentElement);
    else if (el.matches("input")) el.focus();
    else el.click();
    return;
  }
});

// A link to a field that lies in something closed opens it.
const opened = () => {
  const to = location.hash && document.getElementById(location.hash.slice(1));
  const details = to && to.closest("details");
  if (details) { reveal(details); to.focus(); }
};
addEventListener("hashchange", opened);
opened();
const wrong = document.querySelector("[aria-invalid]");
if (wrong) wrong.focus();

// One press sends a form once.
for (const form of document.querySelectorAll("form[method=post]:not([data-again])")) {
  form.addEventListener("submit", e => { if (form.dataset.sent) e.preventDefault(); form.dataset.sent = "1"; });
}
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent; });

// What is being written is not lost by a click beside it.
let dirty = false;
document.addEventListener("input", e => { if (e.target.matches("textarea:not([readonly])")) dirty = true; });
document.addEventListener("submit", () => { dirty = false; });
addEventListener("beforeunload", e => { if (dirty) e.preventDefault(); });

function help() {
  let d = document.querySelector("dialog.help");
  if (!d) {
    d = document.createElement("dialog"); d.className = "help"; d.setAttribute("aria-label", "按键");
    const list = document.createElement("dl");
    const add = (k, w) => { const row = document.createElement("div"), a = document.createElement("dt"), b = document.createElement("dd"); a.textContent = k; b.textContent = w; row.append(a, b); list.append(row); };
    add("j k", "下一件、上一件"); add("Enter", "打开"); add("Esc", "收起"); add("Ctrl Enter", "交出正在写的");
    for (const el of keyed) if (el.dataset.key && el.offsetParent) add(el.dataset.key, el.getAttribute("aria-label") || el.firstChild.textContent.trim());
    const sw = document.createElement("button"), close = document.createElement("button");
    const word = () => { sw.textContent = off() ? "打开单键" : "关掉单键"; };
    sw.type = close.type = "button"; word();
    sw.addEventListener("click", () => { localStorage.setItem("desk-keys", off() ? "on" : "off"); root.classList.toggle("quiet", off()); word(); });
    close.textContent = "好"; close.className = "main"; close.addEventListener("click", () => d.close ? d.close() : d.removeAttribute("open"));
    d.append(list, close, sw); document.body.append(d);
  }
  if (d.showModal) d.showModal(); else d.setAttribute("open", "");
}
const asks = document.querySelector("[data-help]");
if (asks) { asks.hidden = false; asks.addEventListener("click", help); }

// The sign that something came: numbers are asked for now and then.
const watched = document.body.dataset.watch, seen = Number(document.body.dataset.newest || 0), sign = document.querySelector(".fresh");
if (watched !== undefined) {
  const title = document.title.replace(/^\([^)]*\) /, "");
  const look = async () => {
    if (document.hidden) return;
    try {
      const r = await fetch("/desk/newest", { redirect: "error" });
      if (!r.ok) return;
      const told = (await r.text()).split(" "), count = told[1], came = Number(told[watched]) > seen;
      for (const el of document.querySelectorAll("[data-count]")) el.textContent = count;
      document.title = (came ? "● " : "") + (count ? "(" + count + ") " : "") + title;
      if (!came || !sign) return;
      const a = sign.querySelector("a");
      a.firstChild.textContent = "有新的，点这里看";
      sign.hidden = a.hidden = false; sign.classList.add("new");
    } catch { /* asked again later */ }
  };
  setInterval(look, 20000);
  document.addEventListener("visibilitychange", look);
}
