// Sends to a running host with Microsoft's Service Bus client:
//   node smoke.mjs [port] [key] [key name]     or AMQP_PORT, QUEUE_KEY, QUEUE_KEY_NAME
// The messages are transactions of an unknown type, so that a club under test stores them as rejections.
import { randomUUID } from "node:crypto";
import { ServiceBusClient } from "@azure/service-bus";

const port = process.argv[2] ?? process.env.AMQP_PORT ?? "5672";
const key = process.argv[3] ?? process.env.QUEUE_KEY ?? "development-queue-key";
const keyName = process.argv[4] ?? process.env.QUEUE_KEY_NAME ?? "development";
const queue = "transactions";
const connections = 50;
const patience = 20_000;

const client = (secret = key) =>
  new ServiceBusClient(
    `Endpoint=sb://localhost:${port};SharedAccessKeyName=${keyName};SharedAccessKey=${secret};UseDevelopmentEmulator=true;`,
    { retryOptions: { maxRetries: 0, timeoutInMs: patience } },
  );

const message = () => {
  const id = `smoke-${randomUUID()}`;
  return {
    messageId: id,
    body: { specversion: "1.0", id, source: "/smoke", type: "club.smoke", time: new Date().toISOString(), data: {} },
  };
};

async function sending(secret, work) {
  const bus = client(secret);
  try {
    await work(bus.createSender(queue));
  } finally {
    await bus.close();
  }
}

const checks = {
  "one message is accepted": () => sending(key, (sender) => sender.sendMessages(message())),

  "a batch is accepted": () =>
    sending(key, async (sender) => {
      const batch = await sender.createMessageBatch();
      for (let i = 0; i < 100; i++) if (!batch.tryAddMessage(message())) throw new Error(`only ${i} messages fit`);
      await sender.sendMessages(batch);
    }),

  "a wrong key is refused": async () => {
    try {
      await sending("not-the-key", (sender) => sender.sendMessages(message()));
    } catch (error) {
      if (error.code === "UnauthorizedAccess" || /unauthorized|not valid/i.test(error.message)) return;
      throw error;
    }
    throw new Error("it was accepted");
  },

  [`${connections} fresh connections each send one`]: async () => {
    for (let i = 0; i < connections; i++) await sending(key, (sender) => sender.sendMessages(message()));
  },
};

const within = (work) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience / 1000} s`)), patience * 2);
  });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer));
};

let passed = 0;
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const started = performance.now();
  try {
    await within(check);
    passed++;
    console.log(`ok   ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
