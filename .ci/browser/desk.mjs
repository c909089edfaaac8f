// The supervisors' desk, as an officer comes in by a one-click link: every kind
// of page, and a case before and after the likely act is pressed.
import { openTab, inspect } from "./visit.mjs";

// desk goes through the desk and returns the problems, with the pages as the
// server sent them. There is one view of it, and its text is smaller.
export async function desk(browser, base, link, setting) {
  const s = { ...setting, elder: false, body: 15 }, problems = [], pages = [];
  const { context, page } = await openTab(browser, s);
  await page.setJavaScriptEnabled(s.script);
  const seen = async (name, response) => {
    if (response) pages.push({ address: name, type: response.headers()["content-type"], text: await response.text() });
    problems.push(...(await inspect(page, s)).map(f => `${name}: ${f}`));
    await page.setJavaScriptEnabled(s.script);
  };
  const open = async path => seen("desk" + path, await page.goto(base + "/desk" + path));
  await page.goto(link);
  for (const path of ["", "/new", "/account", "/cases/1"]) await open(path);

  await page.goto(base + "/desk");
  const first = await page.$eval(".rows a", a => a.getAttribute("href")).catch(() => "");
  if (!first) return { problems: [...problems, "desk: no case to look at"], pages };
  await seen("a case", await page.goto(base + first));
  await page.$$eval("details", all => all.forEach(d => { d.open = true; }));
  await seen("a case, all open");
  const send = await page.$(".moves > form button");
  if (send) {
    const [response] = await Promise.all([page.waitForNavigation(), send.evaluate(b => b.form.submit())]);
    if (!await page.$(".said.green")) problems.push("a case: the likely act was not done");
    await seen("a case, acted on", response);
  }
  await context.close();
  return { problems, pages };
}
