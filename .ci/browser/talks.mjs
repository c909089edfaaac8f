// What is behind a form: somebody files on each face of the conversation, and
// follows with the receipt. Every page on the way is held to the bars of the
// others.
import { inspect, openTab } from "./visit.mjs";

const story = "武陟县实验中学的班主任昨天把报名密码要走了，非让我报卫校，不报就说不发毕业证。";
const mostSteps = 8;

// talk goes through both faces in the setting. It returns the problems, and
// the pages with their sources.
export async function talk(browser, base, s) {
  const problems = [], pages = [];
  for (const face of ["/chat", "/complain"]) {
    const { context, page } = await openTab(browser, s);
    page.on("response", async r => {
      if (r.request().resourceType() !== "document" || r.status() >= 300 && r.status() < 400) return;
      pages.push({ address: `${new URL(r.url()).pathname} after ${face} ${pages.length}`, type: r.headers()["content-type"] || "", text: await r.text() });
    });
    const view = s.elder ? "?view=elder" : "";
    let name = face;
    const look = async () => problems.push(...(await inspect(page, s)).map(f => `${name}: ${f}`));
    const press = async button => {
      await page.setJavaScriptEnabled(s.script);
      await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.click(button)]);
      name = `${face} after ${button}`;
      await look();
    };
    try {
      await page.setJavaScriptEnabled(s.script);
      await page.goto(base + face + view, { waitUntil: "load" });
      await look();
      await page.type("#text", story);
      await press("button[value=start]");
      for (let i = 0; i < mostSteps && !await page.$("button[value=submit]"); i++) await press(await answer(page));
      await press("button[value=submit]");
      const code = await page.$eval("#receipt", e => e.textContent);
      await press("button[value=close]");
      await page.goto(base + "/receipt" + view, { waitUntil: "load" });
      await page.type("#code", code);
      await press("main form button.main");
      if (!await page.$("#standing")) problems.push(`${face}: the receipt opens nothing`);
      if (page.url().includes(code) || page.url().includes("code=")) problems.push(`${face}: the code stands in the address`);
    } catch (e) {
      problems.push(`${name}: ${e.message}`);
    }
    await context.close();
  }
  return { problems, pages };
}

// answer picks what must be picked on a page, and returns the button that goes on.
async function answer(page) {
  return page.evaluate(() => {
    for (const set of document.querySelectorAll("main fieldset")) {
      const all = [...set.querySelectorAll("input[type=radio]")];
      if (all.length > 0 && !all.some(r => r.checked)) all[0].checked = true;
    }
    const next = document.querySelector("main button[value=fill]") || document.querySelector("main .answers button");
    return `main button[value="${next.value}"]`;
  });
}
