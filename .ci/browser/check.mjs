// Checks every page of a running site in Chromium.
//
//	node check.mjs http://127.0.0.1:8080             what CI runs: each page at 390, 320 and 1280 px and in 长辈版
//	node check.mjs http://127.0.0.1:8080 --matrix    320/390/1280 × light/dark × 长辈版 × script on/off
//	node check.mjs http://127.0.0.1:8080 --speed     Lighthouse on every kind of page that may be indexed, median of 3
//	node check.mjs http://127.0.0.1:8080 --desk=LINK the desk too, by the officer's link that a trial prints
//
// The pages are found by following the links of the site, those behind forms
// by filing a complaint: use a data folder that may be thrown away. CHROME_PATH names
// the browser; without it “chromium” on PATH is taken. Every problem is one
// line: setting, page, what is wrong.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import puppeteer from "puppeteer-core";
import { findPages } from "./pages.mjs";
import { visit, settings, everySetting } from "./visit.mjs";
import { talk } from "./talks.mjs";
import { desk } from "./desk.mjs";
import { validate } from "./valid.mjs";
import { measureSpeed } from "./speed.mjs";

const [base, ...flags] = process.argv.slice(2);
if (!base || flags.some(f => f !== "--matrix" && f !== "--speed" && !f.startsWith("--desk=http"))) {
  console.error("usage: node check.mjs http://ADDRESS [--matrix] [--speed] [--desk=LINK]");
  process.exit(2);
}

const profile = await mkdtemp(join(tmpdir(), "yangguang-browser-"));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH || execFileSync("sh", ["-c", "command -v chromium"]).toString().trim(),
  userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN"],
});
const link = flags.find(f => f.startsWith("--desk="))?.slice("--desk=".length);
let failed = 0;

// step runs one kind of check, which returns its problems, and prints them.
async function step(name, check) {
  const start = Date.now();
  const problems = await check();
  for (const line of problems) console.log("  " + line);
  failed += problems.length;
  console.log(`${problems.length === 0 ? "ok  " : "FAIL"} ${name}, ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

try {
  const { pages, files } = await findPages(base);
  console.log(`${pages.length} pages, ${files.length} files`);
  let told = [], worked = [];
  for (const s of flags.includes("--matrix") ? everySetting : settings) {
    await step(s.name, async () => (await visit(browser, base, pages, s)).sort());
    await step(`${s.name}: a complaint is filed and followed`, async () => {
      const { problems, pages } = await talk(browser, base, s);
      told = pages;
      return problems;
    });
    if (link) await step(`${s.name}: the desk`, async () => {
      const { problems, pages } = await desk(browser, base, link, s);
      worked = pages;
      return problems;
    });
  }
  await step("valid HTML, CSS and SVG", () => validate([...pages, ...told, ...worked], files));
  await step("Lighthouse", () => measureSpeed(browser, pages, flags.includes("--speed")));
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
console.log(failed === 0 ? "browser checks passed" : `browser checks: ${failed} problems`);
process.exitCode = failed === 0 ? 0 : 1;
