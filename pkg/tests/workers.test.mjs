// Sessions in workers: every kind of port answers, and whatever goes wrong there, nobody waits for ever.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MessageChannel, Worker } from "node:worker_threads";
import { cases, folder, installed, sample } from "./installed.mjs";

const { Locator, Session } = await import(join(installed, "dist/node.js"));
const { XiangmaError, connect, help, loadTogether, locateTogether, serve } = await import(join(installed, "dist/worker.js"));

const write = (name, program) => {
  writeFileSync(join(folder, name), program);
  return join(folder, name);
};
const SERVING = write(
  "serving.mjs",
  `import { parentPort } from "node:worker_threads";
import { Session } from "xiangma";
import { serve } from "xiangma/worker";
parentPort.on("message", (m) => { if (m === "die") process.exit(3); if (m === "throw") setTimeout(() => { throw new Error("thrown there"); }); if (m === "busy") { const end = Date.now() + 60_000; while (Date.now() < end); } });
serve(parentPort, (asOf) => new Session(asOf));`,
);

/** Fails a promise that is not settled in time: what is tested is that none hangs. */
const soon = (promise, ms = 10_000) => Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("it hangs")), ms).unref())]);
const code = (wanted) => (e) => e instanceof XiangmaError && e.code === wanted && e.message.length > 10;

async function ranked(remote) {
  await Promise.all([remote.loadCandidates(sample(cases.candidates)), remote.loadResidents(sample(cases.residents)), remote.target({ chains: cases.chains })]);
  await remote.assess();
  return remote.digest();
}

test("a worker of Node, as it is", async () => {
  const remote = await soon(connect(new Worker(SERVING), cases.as_of));
  assert.equal(await ranked(remote), cases.digest);
  const shares = [];
  await remote.loadCandidates(new Blob([sample(cases.candidates)]), (share) => shares.push(share));
  assert.ok(shares.length > 0 && shares.every((s) => s > 0 && s <= 1));
  const mine = new Error("mine");
  await assert.rejects(remote.loadCandidates(sample(cases.candidates), () => { throw mine; }), (e) => e === mine);
  await remote.assess();
  assert.ok((await remote.top(3)) instanceof Uint32Array);
  assert.equal((await remote.list(2)).rows.length, 2);
  await assert.rejects(remote.setScorecard("{}"), code("BAD_SCORECARD"));
  await assert.rejects(remote.loadCandidates({ at: () => 1 }), code("BAD_ARGUMENT"));
  await assert.rejects(remote.setFilter(Symbol("x")), code("BAD_ARGUMENT"));
  // It is no promise, is not converted, and has only what a session has.
  assert.deepEqual([remote.then, remote.toJSON, remote.call, remote.use, remote.constructor, remote.open], [undefined, undefined, undefined, undefined, Object, undefined]);
  assert.equal(JSON.stringify({ remote }), '{"remote":{}}');
  const stopped = remote.assess();
  remote.terminate();
  await assert.rejects(soon(stopped), code("STOPPED"));
  await assert.rejects(soon(remote.digest()), code("STOPPED"));
  remote.terminate();
});

test("freed, it can be opened again; `await using` stops it", async () => {
  const worker = new Worker(SERVING);
  const first = await connect(worker, cases.as_of);
  await assert.rejects(soon(connect(worker, cases.as_of)), code("BAD_ARGUMENT"));
  assert.equal(await soon(first.generation()), await first.generation(), "the first is unharmed");
  await first.free();
  await assert.rejects(soon(first.digest()), code("FREED"));
  const second = await soon(connect(worker, cases.as_of));
  assert.equal(await ranked(second), cases.digest);
  if (Symbol.asyncDispose) await second[Symbol.asyncDispose]();
  else second.terminate();
  await assert.rejects(soon(second.digest()), code("STOPPED"));
});

test("a worker that cannot load, fails, says nothing or dies", async (t) => {
  const started = (program) => {
    const worker = new Worker(program, { stderr: true });
    t.after(() => worker.terminate());
    return worker;
  };
  await assert.rejects(soon(connect(started(join(folder, "missing.mjs")), cases.as_of)), code("WORKER_FAILED"));
  await assert.rejects(soon(connect(started(write("throwing.mjs", "throw new Error('no');")), cases.as_of)), code("WORKER_FAILED"));
  await assert.rejects(soon(connect(started(write("ending.mjs", "")), cases.as_of)), code("WORKER_FAILED"));
  const silent = started(write("silent.mjs", "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});"));
  await assert.rejects(soon(connect(silent, cases.as_of, { patience: 300 })), code("WORKER_FAILED"));
  const failing = started(write("failing.mjs", `import { parentPort } from "node:worker_threads"; import { serve } from "xiangma/worker"; serve(parentPort, async () => { throw new Error("no engine"); });`));
  await assert.rejects(soon(connect(failing, cases.as_of)), (e) => /no engine/.test(e.message));
  await assert.rejects(soon(connect(started(SERVING), "tomorrow")), code("BAD_ARGUMENT"));

  for (const word of ["die", "throw"]) {
    const worker = started(SERVING);
    const remote = await connect(worker, cases.as_of);
    worker.postMessage(word);
    const pending = [remote.locate(0), new Promise((resolve) => worker.once("exit", resolve)).then(() => remote.locate(0))];
    await assert.rejects(soon(pending[1]), code("WORKER_FAILED"), word);
    await soon(pending[0].catch((e) => assert.equal(e.code, "WORKER_FAILED")));
    await assert.rejects(soon(remote.digest()), code("WORKER_FAILED"));
  }
  // A worker in the middle of something is stopped all the same.
  const busy = started(SERVING);
  const remote = await connect(busy, cases.as_of);
  busy.postMessage("busy");
  const call = remote.digest();
  remote.terminate();
  await assert.rejects(soon(call), code("STOPPED"));
  for (const wrong of [null, undefined, {}, 7, { postMessage: 1 }]) await assert.rejects(soon(connect(wrong, cases.as_of)), code("BAD_ARGUMENT"));
});

test("buffers are copied unless they may be taken", async () => {
  const bytes = () => new Uint8Array(sample(cases.candidates)).buffer;
  const [copied, taken] = [bytes(), bytes()];
  const a = await connect(new Worker(SERVING), cases.as_of);
  await a.loadCandidates(copied);
  assert.ok(copied.byteLength > 0);
  a.terminate();
  const b = await connect(new Worker(SERVING), cases.as_of, { transfer: true });
  await b.loadCandidates(taken);
  assert.equal(taken.byteLength, 0);
  b.terminate();
});

/** A worker of a browser: events, and lists of what is handed over. */
function webPorts() {
  const { port1, port2 } = new MessageChannel();
  const web = (port) => {
    const events = new EventTarget();
    port.on("message", (data) => events.dispatchEvent(Object.assign(new Event("message"), { data })));
    return {
      postMessage: (message, transfer) => port.postMessage(message, transfer),
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
      dispatchEvent: events.dispatchEvent.bind(events),
      onmessage: null,
    };
  };
  return { ports: [web(port1), web(port2)], close: () => port1.close() };
}

test("a worker of a browser, and its failures", async () => {
  const { ports: [here, there], close } = webPorts();
  serve(there, (asOf) => new Session(asOf));
  const remote = await soon(connect(here, cases.as_of));
  assert.equal(await ranked(remote), cases.digest);
  // Messages of others pass it by.
  there.postMessage({ share: 0.5 }, []);
  there.postMessage("hello", []);
  assert.equal(await remote.digest(), cases.digest);
  for (const type of ["error", "messageerror"]) {
    const call = remote.digest();
    here.dispatchEvent(new Event(type));
    await assert.rejects(soon(call), code("WORKER_FAILED"), type);
    assert.equal(await soon(remote.digest()), cases.digest, "it goes on");
  }
  await remote.free();
  close();
  const dead = webPorts();
  const failed = connect(dead.ports[0], cases.as_of);
  dead.ports[0].dispatchEvent(Object.assign(new Event("error"), { message: "" }));
  await assert.rejects(soon(failed), (e) => code("WORKER_FAILED")(e) && /could not be loaded/.test(e.message));
  dead.close();
});

test("only what a session may be asked is answered", async () => {
  const { ports: [here, there], close } = webPorts();
  serve(there, (asOf) => new Session(asOf));
  const answers = [];
  here.addEventListener("message", ({ data }) => answers.push(data));
  const ask = async (method, args = []) => {
    here.postMessage({ mark: "xiangma", id: answers.length, method, args, functions: [] }, []);
    const seen = answers.length;
    while (answers.length === seen) await new Promise((resolve) => setTimeout(resolve, 5));
    return answers.at(-1);
  };
  assert.equal((await ask("digest")).error.code, "FREED");
  here.postMessage({ mark: "xiangma", id: 0, method: "open", args: [cases.as_of], functions: [] }, []);
  while (answers.at(-1).kind !== "done") await new Promise((resolve) => setTimeout(resolve, 5));
  for (const method of ["constructor", "use", "call", "load", "__proto__", "hasOwnProperty", "toString", "valueOf", "nothing", ""]) {
    assert.equal((await ask(method)).error.code, "BAD_ARGUMENT", method);
  }
  close();
});

test("helpers in other workers change the time and nothing else", async (t) => {
  const program = write(
    "helper.mjs",
    `import { parentPort } from "node:worker_threads";
import { Locator } from "xiangma";
import { help } from "xiangma/worker";
help(parentPort, new Locator());`,
  );
  const helper = new Worker(program);
  t.after(() => helper.terminate());
  let sent = 0;
  const post = helper.postMessage.bind(helper);
  helper.postMessage = (...args) => (sent++, post(...args));
  // One that fails at everything, and one that is never heard of again.
  const failing = { postMessage() { setTimeout(() => this.onmessage?.({ data: { failed: "no memory" } })); }, onmessage: null };
  const silent = { postMessage() {}, onmessage: null };
  // Made of the sample's rows, many times over, until it is read in several steps.
  const [head, ...rows] = new TextDecoder().decode(sample(cases.candidates)).trim().split("\n");
  const table = [head, ...Array.from({ length: 12_000 }, (_, i) => rows[i % rows.length].replace(/[0-9A-Z]{18}/, "").replace(/公司/, `公司${i}`))].join("\n");
  const digests = [];
  for (const helpers of [[], [helper], [failing, silent, helper]]) {
    const session = new Session(cases.as_of);
    const shares = [];
    loadTogether(session, table, helpers, (share) => shares.push(share));
    assert.ok(shares.length >= 2 && shares.every((x) => x > 0 && x <= 1), String(shares));
    session.target({ chains: cases.chains });
    await locateTogether(session, helpers, (share) => shares.push(share));
    assert.equal(session.locate(0), 0);
    session.assess();
    digests.push(session.digest());
    session.free();
  }
  assert.ok(sent > 2);
  assert.equal(new Set(digests).size, 1);
  assert.equal(helper.listenerCount("message"), 0, "nobody listens any more");
  const session = new Session(cases.as_of);
  session.loadCandidates(table);
  const batch = session.handOut(10);
  for (const wrong of [batch, new Uint8Array(0), "[]", [1, 2], null]) assert.throws(() => session.takeBack(wrong), { name: "XiangmaError", code: "BAD_ARGUMENT" });
  assert.throws(() => session.loadAndHandOut(table, 1.5, () => {}), { code: "BAD_ARGUMENT" });
  const locator = new Locator();
  assert.throws(() => locator.locate(new Uint8Array(7).fill(255)), { code: "BAD_ARGUMENT" });
  session.takeBack(locator.locate(batch));
  locator.free();
  assert.throws(() => locator.locate(batch), { code: "FREED" });
  session.free();
  // A session that is freed while others work for it harms nobody.
  const gone = new Session(cases.as_of);
  loadTogether(gone, table, [helper]);
  gone.free();
  for (let i = 0; helper.listenerCount("message") > 0 && i < 200; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(helper.listenerCount("message"), 0);
});

test("a helper that was told its engine by message hears of it no more", async () => {
  const { ports: [here, there], close } = webPorts();
  let told = 0;
  there.onmessage = () => told++;
  help(there, new Locator());
  assert.equal(there.onmessage, null);
  const session = new Session(cases.as_of);
  session.loadCandidates(sample(cases.candidates));
  await locateTogether(session, [here]);
  assert.equal(session.locate(0), 0);
  assert.equal(told, 0);
  session.free();
  close();
});
