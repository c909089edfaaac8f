// Lighthouse on a slow phone, as it simulates one.
import lighthouse from "lighthouse";

const bars = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
const kindsInCI = ["/", "/targets/*", "/policies/*"];

// measureSpeed returns what is below the bars: on three kinds of page, or on
// every kind that may be indexed.
export async function measureSpeed(browser, pages, everyKind) {
  const problems = [], measured = new Set();
  for (const p of pages) {
    if (!p.indexed || p.address.includes("?") || measured.has(p.kind) || !(everyKind || kindsInCI.includes(p.kind))) continue;
    measured.add(p.kind);
    // Only a miss is worth asking again: the machine may have been busy.
    const runs = [await run(browser, p.url)];
    if (everyKind || misses(runs).length > 0) runs.push(await run(browser, p.url), await run(browser, p.url));
    console.log(`  ${decodeURI(p.address)}: ${Object.keys(bars).map(c => median(runs, c)).join("/")}`);
    problems.push(...misses(runs).map(m => `${decodeURI(p.address)}: ${m}`));
  }
  if (!everyKind) problems.push(...kindsInCI.filter(k => !measured.has(k)).map(k => `no page ${k} that may be indexed`));
  return problems;
}

// run measures once more when the browser recorded no trace, which happens on a
// busy machine.
async function run(browser, url, again = true) {
  const { lhr } = await lighthouse(url, { port: new URL(browser.wsEndpoint()).port, onlyCategories: Object.keys(bars), logLevel: "error" });
  if (!lhr.runtimeError) return lhr;
  if (!again) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  return run(browser, url, false);
}

const median = (runs, category) => {
  const scores = runs.map(r => Math.round(r.categories[category].score * 100)).sort((a, b) => a - b);
  return scores[scores.length >> 1];
};

// misses says which category is below its bar, and for what.
const misses = runs => Object.entries(bars).filter(([c, bar]) => median(runs, c) < bar).map(([c, bar]) => {
  const last = runs.at(-1);
  const why = last.categories[c].auditRefs.filter(a => a.weight > 0 && last.audits[a.id].score < 1).map(a => a.id);
  return `${c} ${median(runs, c)}, at least ${bar}: ${why.join(", ")}`;
});
