// What a page must be like once a browser shows it: bars that need no
// judgement, in any width, scheme and view, with script and without.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const setting = (width, scheme, elder, script) => ({
  width, scheme, elder, script, name: `${width} px, ${scheme}${elder ? ", 长辈版" : ""}${script ? "" : ", no script"}`,
});

// settings are those that CI looks at; everySetting is the whole matrix.
export const settings = [setting(390, "light", false, true), setting(320, "dark", false, false), setting(320, "light", true, true), setting(1280, "light", false, true)];
export const everySetting = [320, 390, 1280].flatMap(w => ["light", "dark"].flatMap(s =>
  [false, true].flatMap(e => [true, false].map(js => setting(w, s, e, js)))));

const firstView = 60 << 10, ownScript = 15 << 10;

// visit shows each page in the setting and returns the problems.
export async function visit(browser, base, pages, s) {
  const { context, page } = await openTab(browser, s);
  await page.setCacheEnabled(false);
  const load = await watchLoad(page, base), problems = [];
  for (const p of pages) {
    if (/[?&]view=/.test(p.address)) continue; // the setting says which view
    const found = [];
    load.reset();
    await page.setJavaScriptEnabled(s.script);
    await page.goto(s.elder ? p.url + (p.url.includes("?") ? "&" : "?") + "view=elder" : p.url, { waitUntil: "load" });
    found.push(...load.problems(), ...await inspect(page, s));
    problems.push(...found.map(f => `${decodeURI(p.address)}: ${f}`));
  }
  for (const c of await context.cookies()) problems.push(`a reader gets the cookie ${c.name}`);
  await context.close();
  return problems;
}

// openTab opens a tab of a browser that is set so.
export async function openTab(browser, s) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: s.width, height: 844, deviceScaleFactor: 1, isMobile: s.width < 800, hasTouch: s.width < 800 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: s.scheme }]);
  return { context, page };
}

// inspect returns what is wrong with the page that is open.
export async function inspect(page, s) {
  const found = await page.evaluate(look, s);
  await page.setJavaScriptEnabled(true); // for axe; the page's own scripts were left out for good
  await page.evaluate(axe);
  return [...found, ...await page.evaluate(violations, tags)];
}

// watchLoad counts what a page loads.
async function watchLoad(page, base) {
  const client = await page.createCDPSession();
  await client.send("Network.enable");
  let types, bytes, script, wrong;
  client.on("Network.requestWillBeSent", e => {
    types.set(e.requestId, e.type);
    if (!e.request.url.startsWith(base + "/") && !e.request.url.startsWith("data:")) wrong.push(`asks elsewhere: ${e.request.url}`);
    if (e.type === "Font") wrong.push(`loads a font: ${e.request.url}`);
  });
  client.on("Network.loadingFinished", e => {
    bytes += e.encodedDataLength;
    if (types.get(e.requestId) === "Script") script += e.encodedDataLength;
  });
  page.on("console", m => m.type() === "error" && !/Failed to load resource/.test(m.text()) && wrong.push(`console: ${m.text()}`));
  page.on("pageerror", e => wrong.push(`script: ${e.message}`));
  return {
    reset() { types = new Map(); bytes = script = 0; wrong = []; },
    problems() {
      if (bytes > firstView) wrong.push(`first view loads ${bytes} bytes, at most ${firstView}`);
      if (script > ownScript) wrong.push(`first view loads ${script} bytes of script, at most ${ownScript}`);
      return wrong;
    },
  };
}

// violations runs in the page.
async function violations(tags) {
  const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return violations.flatMap(v => v.nodes.map(n => `axe ${v.id}: ${n.target.join(" ")} (${v.help})`));
}

// look runs in the page. It measures what a thumb and an eye meet.
function look({ width, elder, body = elder ? 24 : 18 }) {
  const found = [], root = document.documentElement;
  const tap = elder ? 60 : 44, caption = body * 15 / 18;
  const style = e => getComputedStyle(e), size = e => parseFloat(style(e).fontSize);
  const name = e => `${e.localName}${e.id ? "#" + e.id : ""}${[...e.classList].map(c => "." + c).join("")} “${(e.innerText || e.value || "").trim().slice(0, 20)}”`;
  const over = root.scrollWidth - root.clientWidth;
  if (over > 0) found.push(`${over} px wider than the window`);
  const header = document.querySelector("header");
  if (width === 390 && !elder && header?.getBoundingClientRect().height > 150) found.push(`header is ${header.getBoundingClientRect().height} px high`);
  if (size(document.body) < body) found.push(`body text is ${size(document.body)} px`);

  // A link in a line of text is as high as its line.
  const inText = e => {
    if (style(e).display !== "inline") return false;
    let block = e.parentElement;
    while (style(block).display.startsWith("inline")) block = block.parentElement;
    const links = [...block.querySelectorAll("a")].map(a => a.textContent).join("");
    return /[\p{L}\p{N}]/u.test(block.textContent) && block.textContent.replace(/\s/g, "").length > links.replace(/\s/g, "").length;
  };
  // A label is part of its control.
  const target = e => {
    const rects = [e, ...(e.labels || [])].map(x => x.getBoundingClientRect());
    return { w: Math.max(...rects.map(r => r.width)), h: Math.max(...rects.map(r => r.height)) };
  };
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option]")) {
    if (!e.checkVisibility({ visibilityProperty: true }) || (e.localName === "a" && inText(e))) continue;
    const { w, h } = target(e);
    if (w < tap - .5 || h < tap - .5) found.push(`target ${Math.round(w)}×${Math.round(h)}: ${name(e)}`);
  }

  const lines = e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return new Set([...range.getClientRects()].map(r => Math.round(r.bottom))).size;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (seen.has(e) || !texts.currentNode.data.trim() || e.closest("svg") || !e.checkVisibility()) continue;
    seen.add(e);
    if (size(e) < caption - .1) found.push(`text of ${size(e)} px: ${name(e)}`);
    if (/^(p|li|dd|dt|td|blockquote)$/.test(e.localName) && lines(e) > 1 && parseFloat(style(e).lineHeight) / size(e) < 1.49) {
      found.push(`lines ${(parseFloat(style(e).lineHeight) / size(e)).toFixed(2)} apart: ${name(e)}`);
    }
  }
  return found;
}
