// What links lead to is found as a reader finds it: from the first page on.

// Forms are not followed by links; these are some of them filled in, and some
// wrong addresses.
const asked = [
  "/search", "/search?q=武陟", "/search?q=卫校", "/search?q=没有这个东西", "/verify?q=焦作卫生医药学校", "/verify?q=包就业包分配",
  "/nothing-here", "/targets/1999", "/?view=elder", "/targets/2022?edition=1",
];

// ofAKind is how many pages that differ in their ids only are looked at: 368
// specialties are drawn by the same lines. The tests read all of them.
const ofAKind = 6;

// findPages returns the pages and the other files of a site: address, the
// bytes as text, and for a page what kind it is and whether it may be indexed.
export async function findPages(base) {
  const found = new Map(), kinds = new Map(), queue = ["/", ...asked.map(encodeURI)];
  const pages = [], files = [];
  const follow = (link, from) => {
    const to = new URL(link, from);
    to.hash = "";
    const address = to.href.slice(to.origin.length);
    const k = kind(address), same = kinds.get(k) ?? 0;
    if (to.origin === new URL(base).origin && !found.has(shape(address)) && same < ofAKind) {
      kinds.set(k, same + 1);
      found.set(shape(address), address);
      queue.push(address);
    }
  };
  for (const a of queue) found.set(a, a);
  while (queue.length > 0) {
    const address = queue.shift();
    const answer = await fetch(base + address, { redirect: "follow" });
    const type = answer.headers.get("content-type") || "";
    const one = { address: answer.url.slice(base.length), url: answer.url, status: answer.status, type, text: await answer.text(), cookie: answer.headers.get("set-cookie") };
    if (!type.startsWith("text/html")) {
      files.push(one);
      continue;
    }
    if (pages.some(p => p.url === one.url)) continue; // another address led there before
    for (const [, link] of one.text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      if (/^(https?:|\/|#|\?)/.test(link)) follow(link.replaceAll("&amp;", "&"), one.url);
    }
    pages.push({ ...one, kind: kind(one.address), indexed: answer.ok && !/<meta name="robots" content="noindex/.test(one.text) });
  }
  return { pages, files };
}

// shape is an address without the values of its query: /complain?about= is one
// page, whatever it is about.
const shape = address => address.replace(/=[^&]*/g, "=");

// kind is an address without its ids: /targets/*/* for /targets/2022/410823.
const kind = address => address.split("?")[0].replace(/^\/history\/.*/, "/history/*").replace(/\/[^/]*\d[^/]*/g, "/*");
