// Drives the console of a running host in Chromium, as staff use it:
//   node console.mjs <http address> <queue connection> <Club.Local.dll> <sign-in link> <folder for screenshots>
// CHROMIUM names the browser; /usr/bin/chromium otherwise.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { bill, command, fill, send } from "./club.mjs";

const [url, connection, dll, link, folder] = process.argv.slice(2);
const base = `${url}/api/console`;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const members = await fill(url, dll, connection);
const own = members[1].memberId; // of D021, with a history
const other = members[0].memberId; // of D022
const token = (role, ...more) => command(dll, "token", "--role", role, ...more);

/** A browser of its own, in which nothing may go wrong unseen. */
async function open({ as, locale = "zh-CN", colorScheme = "light", width = 1300, script = true } = {}) {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 }, javaScriptEnabled: script });
  const page = await context.newPage();
  page.on("pageerror", (fault) => assert.fail(`${page.url()}: ${fault.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) assert.fail(`${page.url()}: ${message.text()}`);
  });
  if (as) {
    await page.goto(`${base}/sign-in`);
    await page.fill("textarea[name=token]", as);
    await page.click("form:has(textarea) button");
    assert.ok(!page.url().includes("sign-in"), "nobody was signed in");
    // A key that is pressed before the script has run says nothing.
    await page.waitForLoadState();
  }
  return page;
}

const go = (page, path) => page.goto(base + path);
const rooms = (page) => page.locator(".side nav a").evaluateAll((links) => links.map((one) => one.getAttribute("href").split("/").at(-1)));

const checks = {
  "the link of the start signs in by role, once": async () => {
    const page = await open();
    await page.goto(link);
    await page.selectOption("[name=role]", "hq");
    await page.fill("[name=name]", "王芳");
    await page.click("form:has([name=role]) button");
    assert.equal(page.url(), `${base}/members`);
    await page.click("button:has-text('退出')");
    await page.goto(link);
    assert.equal(await page.locator("[name=code]").count(), 0);
  },

  "each role finds its rooms": async () => {
    for (const [role, expected, ...more] of [["hq", ["members", "today", "applications", "complaints", "calls", "activities", "transfers", "orders", "value", "referrals", "work", "letters", "adjustments", "doubts", "dealers", "settlement", "partners", "rules", "care", "gifts", "subscriptions", "audit", "proof"]],
      ["finance", ["today", "activities", "value", "work", "adjustments", "doubts", "dealers", "settlement", "partners", "rules", "care", "gifts", "proof"]], ["marketing", ["today", "activities", "value", "referrals", "dealers", "rules", "care", "gifts"]],
      ["auditor", ["members", "today", "applications", "complaints", "calls", "activities", "transfers", "orders", "value", "referrals", "work", "letters", "adjustments", "doubts", "dealers", "settlement", "partners", "rules", "care", "gifts", "audit", "proof"]],
      ["director", ["members", "today", "applications", "complaints", "calls", "activities", "transfers", "orders", "value", "referrals", "letters", "dealers", "settlement", "rules", "gifts"], "--dealer", "D021"],
      ["advisor", ["members", "today", "applications", "complaints", "calls", "activities", "transfers", "orders", "value", "referrals", "dealers", "rules", "gifts"], "--dealer", "D021"]]) {
      const page = await open({ as: token(role, ...more) });
      assert.deepEqual(await rooms(page), expected, role);
      await page.context().close();
    }
  },

  "a member is found while her name is typed, and by keyboard alone": async () => {
    const page = await open({ as: token("hq") });
    await page.keyboard.press("/");
    await page.keyboard.type("13800138001");
    await page.waitForFunction(() => document.querySelectorAll("#found tbody tr").length === 1);
    await page.locator("#found tbody a").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}/members/${own}`);
    await page.click(".tabs a:has-text('分录')");
    await page.locator("tbody.entry summary").first().click();
    assert.ok((await page.locator("tbody.entry li").first().textContent()).length > 4);
  },

  "a dealer's staff see their own, and a guest only by what she shows": async () => {
    const page = await open({ as: token("director", "--dealer", "D021", "--name", "李娜") });
    assert.equal((await go(page, `/members/${own}`)).status(), 200);
    const outside = await go(page, `/members/${other}`);
    assert.equal(outside.status(), 404);
    const text = await page.locator("main").textContent();
    await go(page, "/members/M0000000000000000");
    assert.equal(await page.locator("main").textContent(), text);
    await go(page, "/members?dealerId=D022");
    assert.equal(await page.locator("#found tbody tr").count(), 0);
    await go(page, "/members?q=13800138000");
    assert.equal(await page.locator("#found tbody a").textContent(), "王**");
    await page.click("#found tbody a");
    assert.equal(await page.locator(".note").count(), 1);
  },

  "a refused message is handled again": async () => {
    const page = await open({ as: token("hq") });
    send(dll, connection, [bill("WO-LATER", { phone: "13800138002" }, 300)]);
    await page.waitForTimeout(1000);
    await go(page, "/work");
    await page.locator("tr:has-text('WO-X4') button").click();
    await page.waitForURL(/done=/);
    assert.equal(await page.locator("tr:has-text('WO-X4')").count(), 0);
    await page.locator("tr:has-text('WO-X1') button").click();
    assert.equal(await page.locator("main [role=alert]").count(), 1);
  },

  "a version is drafted, its error found, tried on the history and published": async () => {
    const page = await open({ as: token("marketing", "--name", "周策") });
    await go(page, "/rules/draft");
    const text = (await page.inputValue("textarea")).replace('"version": "1.0"', '"version": "1.1"').replace("2010-01-01", "2098-01-01");
    await page.fill("textarea", text.replace('"rate": 1\n', '"rate": "1"\n'));
    await page.click("main button.primary");
    await page.click("[data-line]");
    const chosen = await page.evaluate(() => { const t = document.querySelector("textarea"); return t.value.slice(t.selectionStart, t.selectionEnd); });
    assert.equal(chosen.trim(), '"rate": "1"');
    await page.fill("textarea", text.replace('"rate": 1\n', '"rate": 2\n'));
    await page.click("main button.primary");
    await page.click("a:has-text('发布')");
    await page.click("a:has-text('先试算')");
    await page.click("main button.primary");
    await page.waitForSelector("#result");
    assert.equal(await page.locator(".step:visible").count(), 0);
    assert.ok((await page.locator(".chart").count()) >= 4);
    await page.screenshot({ path: join(folder, "what-if.png"), fullPage: true });
    await page.click("main a:has-text('发布') >> nth=-1");
    await page.check("[name=confirm]");
    await page.click("main button.primary");
    await page.waitForURL(`${base}/rules?done=published`);
    assert.match(await page.locator("tbody tr").first().textContent(), /1\.1.*周策/s);
  },

  "everything works without script": async () => {
    const page = await open({ as: token("hq"), script: false });
    await page.fill("[name=q]", "李娜");
    await page.click("form[role=search] button");
    assert.equal(await page.locator("#found tbody tr").count(), 2);
    await page.click("button:has-text('English')");
    assert.equal(await page.locator("h1").textContent(), "Members");
    await page.click("button:has-text('Dark')");
    await go(page, "/rules/what-if");
    await page.click("main button.primary");
    await page.waitForSelector("#result");
    assert.equal(await page.locator(".step:visible").count(), 0);
  },

  "a form of another site does nothing": async () => {
    const page = await open({ as: token("hq") });
    const status = await page.evaluate(async (to) => (await fetch(to, { method: "POST", mode: "no-cors" })).status, `${base}/sign-out`);
    assert.equal(status, 200); // from the console itself, after being led on
    const cookie = `club-console=${token("hq")}`;
    const foreign = await fetch(`${base}/sign-out`, { method: "POST", redirect: "manual", headers: { cookie, origin: "https://elsewhere.example" } });
    assert.equal(foreign.status, 403);
  },

  "a member is proposed, what is wrong is said at its field, and she is approved": async () => {
    const page = await open({ as: token("advisor", "--dealer", "D021", "--name", "赵敏") });
    await go(page, "/applications");
    await page.click("a:has-text('提交入会申请')");
    await page.fill("[name=name]", "沈云");
    await page.fill("[name=phone]", "137");
    await page.fill("[name=city]", "杭州");
    await page.click("main button.primary");
    assert.equal(await page.evaluate(() => document.activeElement.name), "phone");
    assert.equal(await page.inputValue("[name=name]"), "沈云");
    await page.screenshot({ path: join(folder, "proposal-refused.png"), fullPage: true });
    await page.fill("[name=phone]", "13700137021");
    await page.click("main button.primary");
    await page.waitForURL(/done=proposed/);
    assert.equal(await page.locator("tr:has-text('沈云') button").count(), 0);
    const director = await open({ as: token("director", "--dealer", "D021", "--name", "李娜") });
    await go(director, "/applications");
    await director.click("tr:has-text('沈云') button.primary");
    await director.click(".done a");
    assert.match(await director.locator("main").textContent(), /沈云.*杭州/s);
    await go(director, "/applications/new");
    await director.fill("[name=name]", "魏青");
    await director.fill("[name=phone]", "13700137022");
    await director.click("main button.primary");
    await director.click("tr:has-text('魏青') summary");
    await director.fill("tr:has-text('魏青') [name=reason]", "重复");
    await director.click("tr:has-text('魏青') button.danger");
    await director.waitForURL(/done=refused/);
    assert.equal(await director.locator("tr:has-text('魏青')").count(), 0);
  },

  "a complaint is opened, followed up and closed, by keyboard, too": async () => {
    const page = await open({ as: token("advisor", "--dealer", "D021", "--name", "赵敏") });
    await go(page, `/members/${own}`);
    await page.click(".tabs a:has-text('投诉')");
    await page.fill("[name=subject]", "交车延误");
    await page.fill("[name=text]", "晚了三天，没有通知");
    await page.locator("[name=text]").press("Tab");
    await page.keyboard.type("电话");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=opened/);
    await page.fill("[name=text]", "已致歉并赠送保养");
    await page.selectOption("[name=state]", "closed");
    await page.click("main button.primary");
    await page.waitForURL(/done=followed/);
    assert.equal(await page.locator(".timeline li").count(), 2);
    await go(page, "/complaints?state=closed");
    assert.equal(await page.locator("tr:has-text('交车延误')").count(), 1);
  },

  "a member is corrected, sent to another branch, and seen there": async () => {
    const mine = members[4].memberId;
    const page = await open({ as: token("director", "--dealer", "D021", "--name", "李娜") });
    await go(page, `/members/${mine}/acts`);
    await page.fill("[name=city]", "南京");
    await page.click("form[action$='/correct'] button");
    await page.waitForURL(/done=corrected/);
    assert.equal(await page.inputValue("[name=city]"), "南京");
    await page.selectOption("[name=dealerId]", "D022");
    await page.fill("[name=reason]", "搬家");
    await page.click("form[action$='/transfer'] button");
    await page.waitForURL(/transfers\?direction=out/);
    assert.match(await page.locator("tbody tr").first().textContent(), /D021.*D022.*搬家/s);
    assert.equal((await go(page, `/members/${mine}`)).status(), 404);
    const there = await open({ as: token("director", "--dealer", "D022") });
    await go(there, `/members/${mine}/history`);
    assert.match(await there.locator(".timeline").textContent(), /城市.*D021.*D022/s);
  },

  "a person is downloaded and erased, and the audit tells who did it": async () => {
    const gone = members[5].memberId;
    const page = await open({ as: token("hq", "--name", "王芳") });
    await go(page, `/members/${gone}/acts`);
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("a[download]")]);
    assert.equal(JSON.parse(readFileSync(await file.path(), "utf8")).memberId, gone);
    await page.click("a:has-text('删除个人信息')");
    await page.fill("[name=reason]", "本人要求");
    await page.click("button.danger");
    assert.ok(page.url().endsWith("/erase"), "she was erased without a confirmation");
    await page.check("[name=forever]");
    await page.click("button.danger");
    await page.waitForURL(/erasure$/);
    await page.screenshot({ path: join(folder, "receipt.png"), fullPage: true });
    assert.equal((await go(page, `/members/${gone}`)).status(), 404);
    const auditor = await open({ as: token("auditor") });
    await go(auditor, "/audit");
    await auditor.fill("[name=member]", gone);
    await auditor.fill("[name=author]", "王芳");
    await auditor.click("main button.primary");
    const text = await auditor.locator("tbody").textContent();
    assert.match(text, /删除个人信息/);
    assert.match(text, /导出会员资料/);
    const [csv] = await Promise.all([auditor.waitForEvent("download"), auditor.click("a[download]")]);
    const lines = readFileSync(await csv.path(), "utf8").trim().split("\r\n");
    assert.ok(lines.length > 3 && lines.slice(1).every((line) => line.includes(gone) && line.includes("王芳")));
  },

  "axe finds nothing serious, nothing is wider than the screen, and every page is looked at": async () => {
    const hq = token("hq", "--name", "王芳");
    const first = await open({ as: hq });
    await go(first, "/applications/new");
    await first.fill("[name=name]", "韩冰");
    await first.fill("[name=phone]", "13700137031");
    await first.fill("[name=note]", "展厅来客，想参加自驾活动");
    await first.click("main button.primary");
    await go(first, "/partners");
    await first.fill("[name=code]", "avis");
    await first.fill("[name=name]", "安飞士租车");
    await first.click("main button.primary");
    await go(first, `/members/${own}/complaints`);
    const complaint = (await first.locator("tbody a").first().getAttribute("href")).replace("/api/console", "");
    const pages = { "sign-in": "/sign-in", members: "/members", nobody: "/members?q=%E6%97%A0%E4%BA%BA", member: `/members/${own}`, entries: `/members/${own}/entries`,
      benefits: `/members/${own}/benefits`, messages: `/members/${own}/messages`, work: "/work", parked: "/work/parked", disputes: "/work/disputes", rules: "/rules",
      version: "/rules/versions/1.0", draft: "/rules/draft", compare: "/rules/changes?from=1.0&to=1.1", preview: "/rules/preview", "what-if-ask": "/rules/what-if",
      publish: "/rules/publish", "not-found": "/nothing", audit: "/audit", "audit-wrong": "/audit?from=x", applications: "/applications?state=all",
      proposal: "/applications/new", complaints: "/complaints", complaint, "her-complaints": `/members/${own}/complaints`, transfers: "/transfers",
      gifts: "/gifts", orders: "/orders", adjustments: "/adjustments", doubts: "/doubts", today: "/today", spend: `/members/${own}/spend`, referrals: "/referrals", report: "/referrals/new", repurchases: "/referrals/repurchases", activities: "/activities", plan: "/activities/new",
      dealers: "/dealers", dealer: "/dealers/D021", "waiting-budgets": "/dealers/waiting", subscriptions: "/subscriptions",
      settlement: "/settlement", statement: `/settlement/${new Date().toISOString().slice(0, 7)}/programme`, "statement-lines": `/settlement/${new Date().toISOString().slice(0, 7)}/programme/lines`,
      liability: "/settlement/liability", partners: "/partners", partner: "/partners/avis",
      proof: "/proof", value: "/value", churn: "/value/churn", care: "/care", calls: "/calls", letters: "/letters",
      history: `/members/${own}/history`, acts: `/members/${own}/acts`, erase: `/members/${own}/erase`, receipt: `/members/${members[5].memberId}/erasure` };
    const faults = [];
    for (const [locale, colorScheme, width] of [["zh-CN", "light", 1300], ["en-GB", "dark", 1300], ["en-GB", "light", 360], ["zh-CN", "dark", 360]]) {
      const page = await open({ as: hq, locale, colorScheme, width });
      for (const [name, path] of Object.entries(pages)) {
        await go(page, path);
        const shown = `${name} ${locale} ${colorScheme} ${width}`;
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push(`${shown} is wider than the screen`);
        // The policy of the page lets no script in but its own, so axe comes in beside the page.
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        const serious = violations.filter((found) => ["serious", "critical", "moderate"].includes(found.impact));
        faults.push(...serious.map((found) => `${shown}: ${found.id} ${found.nodes.map((node) => node.html).join(" ")}`));
        await page.screenshot({ path: join(folder, `${name}-${locale.slice(0, 2)}-${colorScheme}-${width}.png`), fullPage: true });
      }
      await page.context().close();
    }
    assert.deepEqual(faults, []);
  },

  "a page is there in 20 ms and weighs less than 150 KB with everything": async () => {
    const cookie = `club-console=${token("hq")}`;
    const ask = async (path) => (await fetch(base + path, { headers: { cookie } })).arrayBuffer();
    const sheet = new TextDecoder().decode(await ask("/members"));
    const assets = [...sheet.matchAll(/(?:src|href)="\/api\/console(\/assets\/[^"]+)"/g)].map((found) => found[1]);
    const weights = await Promise.all(assets.map(async (path) => (await ask(path)).byteLength));
    for (const path of ["/members", `/members/${own}`, `/members/${own}/entries`, "/work", "/rules/draft"]) {
      const times = [];
      let weight = 0;
      for (let i = 0; i < 120; i++) {
        const began = performance.now();
        weight = (await ask(path)).byteLength;
        if (i >= 20) times.push(performance.now() - began);
      }
      times.sort((a, b) => a - b);
      const [median, late] = [times[50], times[94]];
      const all = weight + weights.reduce((sum, one) => sum + one, 0);
      console.log(`   ${path.replace(own, "{id}")}: ${median.toFixed(1)} ms median, ${late.toFixed(1)} ms at 95 %, ${(weight / 1024).toFixed(1)} KB, ${(all / 1024).toFixed(1)} KB with style, script and icon`);
      assert.ok(median < 20, `${path} took ${median} ms`);
      assert.ok(all < 150 * 1024, `${path} weighs ${all} bytes`);
    }
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok  ${name}`);
  } catch (fault) {
    failed++;
    console.log(`!!  ${name}\n${fault.stack}`);
  }
}
await browser.close();
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
