// A club to look at: members, bills, what was refused, what waits, what is in dispute.
import { createHmac, randomUUID } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const secret = Buffer.from("ZGV2ZWxvcG1lbnQtc2l0ZS13ZWJob29rLXNlY3JldA==", "base64");

export async function register(url, data) {
  const id = `msg_${randomUUID()}`;
  const time = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ type: "member.registered", timestamp: new Date().toISOString(), data });
  const signature = createHmac("sha256", secret).update(`${id}.${time}.${body}`).digest("base64");
  const answer = await fetch(`${url}/api/webhooks/registrations`, {
    method: "POST", body,
    headers: { "webhook-id": id, "webhook-timestamp": String(time), "webhook-signature": `v1,${signature}` },
  });
  if (answer.status > 201) throw new Error(`A registration was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

export const bill = (id, member, amount, more = {}) => ({
  specversion: "1.0", id, source: "/dms/D021", type: "club.transaction.recorded", time: more.time ?? new Date(Date.now() - 86_400_000).toISOString(),
  datacontenttype: "application/json",
  data: {
    dealerId: more.dealerId ?? "D021", member, channel: "shop", paymentMethod: "card",
    lines: more.lines ?? [{ lineId: "1", category: "parts", sku: "06A115561B", quantity: 1, amount }, { lineId: "2", category: "labour", amount: 210 }],
  },
});

/** The host's own commands, beside the host. */
export const command = (dll, ...words) => execFileSync("dotnet", [dll, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();

export function send(dll, connection, events) {
  const file = join(mkdtempSync(join(tmpdir(), "club-console-")), "events.jsonl");
  writeFileSync(file, events.map((event) => JSON.stringify(event)).join("\n"));
  command(dll, "send", file, "--connection", connection);
}

const surnames = [..."王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"];
const given = ["伟", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "秀英"];
const models = ["明锐", "柯珞克", "柯迪亚克", "速派", "昕锐"];
const vinOf = (number) => {
  // The ninth character proves the rest.
  const values = { A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8, J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9, S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9 };
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const text = `LSVAA49J0J2${String(number).padStart(6, "0")}`;
  const sum = [...text].reduce((total, character, i) => total + weights[i] * (values[character] ?? Number(character)), 0) % 11;
  return text.slice(0, 8) + (sum === 10 ? "X" : sum) + text.slice(9);
};

/** Thirty members of two dealers; the first has a history. */
export async function fill(url, dll, connection) {
  const members = [];
  for (let i = 0; i < 30; i++)
    members.push(await register(url, {
      phone: `138001380${String(i).padStart(2, "0")}`, name: surnames[i % 20] + given[i % 10], birthday: `19${70 + (i % 30)}-0${1 + (i % 9)}-12`, city: i % 2 ? "上海" : "北京",
      dealerId: i % 3 ? "D021" : "D022", hobbies: ["自驾", "摄影", "美食"].slice(0, i % 4), consents: { sms: i % 2 === 0 },
      vehicles: [{ vin: vinOf(i), model: models[i % 5], purchasedOn: `2024-0${1 + (i % 9)}-15`, plate: `沪A${10000 + i}` }],
    }));
  const day = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
  const events = [
    ...Array.from({ length: 30 }, (_, i) => bill(`WO-${i}`, { phone: "13800138001" }, 300 + i * 37, { time: day(330 - i * 11) })),
    ...Array.from({ length: 29 }, (_, i) => bill(`WO-M${i}`, { phone: `138001380${String(i + 1).padStart(2, "0")}` }, 500 + i * 100, { time: day(20) })),
    { ...bill("WO-R1", { phone: "13800138001" }, 0), type: "club.transaction.reversed", data: { originalId: "WO-3", reason: "退货", lines: [{ lineId: "1", amount: 100 }] } },
    bill("WO-X1", { phone: "13800138002" }, 120, { dealerId: "D404" }),
    bill("WO-X2", { phone: "12" }, 120),
    { ...bill("WO-X3", { phone: "13800138002" }, 1), type: "club.transaction.unknown" },
    { ...bill("WO-X4", { phone: "13800138002" }, 1), type: "club.transaction.reversed", data: { originalId: "WO-LATER" } },
    bill("WO-P1", { phone: "13900139001" }, 480), bill("WO-P2", { vin: vinOf(900) }, 950),
  ];
  send(dll, connection, events);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // Two who say that the same car is theirs, and one who types the VIN of a car that a bill waits for.
  await register(url, { phone: "13800138090", name: "钱一", dealerId: "D021", vehicles: [{ vin: vinOf(1), model: "明锐" }] });
  await register(url, { openId: "oFan_000000000000000000000001", name: "孙二", vehicles: [{ vin: vinOf(900), model: "速派" }] });
  return members;
}
