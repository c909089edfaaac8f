// HTML, CSS and SVG as the standards want them, by two checkers.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";

const rules = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    "valid-id": ["error", { relaxed: true }], // annex1!B6 is the name of the cell
    "doctype-style": ["error", { style: "lowercase" }],
    "no-trailing-whitespace": "off", // templ writes what stands in the source
    "tel-non-breaking": "off", // 12345 has no place to break
  },
};

// validate checks the sources that the server sends, not what a browser makes
// of them.
export async function validate(pages, files) {
  const checker = new HtmlValidate(rules), problems = [];
  for (const p of pages) {
    const report = await checker.validateString(p.text, p.address);
    for (const m of report.results.flatMap(r => r.messages)) {
      problems.push(`${decodeURI(p.address)}:${m.line}: ${m.message} (${m.ruleId})`);
    }
    if (p.cookie) problems.push(`${decodeURI(p.address)}: sets a cookie`);
  }
  return [...problems, ...await nu([...pages, ...files])];
}

// nu runs the W3C's Nu checker over all sources at once.
async function nu(sources) {
  const folder = fileURLToPath(new URL("../out/sources/", import.meta.url)), names = new Map();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [i, s] of sources.entries()) {
    const ending = [["text/html", ".html"], ["text/css", ".css"], ["image/svg+xml", ".svg"]].find(([t]) => s.type.startsWith(t))?.[1];
    if (!ending) continue;
    names.set(i + ending, s.address);
    await writeFile(folder + i + ending, s.text);
  }
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const run = promisify(execFile)("java", ["-Xss4m", "-jar", jar, "--also-check-css", "--also-check-svg", "--format", "json", folder], { maxBuffer: 1 << 26 });
  const { stderr } = await run.catch(e => e); // it ends with 1 when there is an error
  const from = stderr.indexOf('{"');
  if (from < 0) return [`the Nu checker did not run: ${stderr}`];
  return JSON.parse(stderr.slice(from)).messages.filter(m => m.type !== "info" || m.subType === "warning").map(m =>
    `${decodeURI(names.get(m.url?.split("/").pop()) ?? "")}:${m.lastLine ?? ""}: ${m.message} (Nu ${m.subType || m.type})`);
}
