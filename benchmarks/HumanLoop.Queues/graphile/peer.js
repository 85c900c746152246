// Measures graphile-worker and prints {"rows", "milliseconds"}: node peer.js add|addJobs|process CONNECTION SCHEMA
import pg from "pg";
import { Logger, makeWorkerUtils, run } from "graphile-worker";

const [, , what, connectionString, schema] = process.argv;
const pgPool = new pg.Pool({ connectionString, max: 40 });
const logger = new Logger(() => () => {});
const jobs = 20_000;
const utils = await makeWorkerUtils({ pgPool, schema, logger });
await utils.migrate();

const payload = { text: "x".repeat(340) };
const addMany = () => utils.addJobs(Array.from({ length: jobs }, () => ({ identifier: "nothing", payload })));
const measures = {
  async add() {
    const end = performance.now() + 1500;
    let rows = 0;
    await Promise.all(Array.from({ length: 32 }, async () => {
      while (performance.now() < end) {
        await utils.addJob("nothing", payload);
        rows++;
      }
    }));
    return rows;
  },
  async addJobs() {
    await addMany();
    return jobs;
  },
  async process() {
    let done = 0;
    const runner = await run({
      pgPool,
      logger,
      noHandleSignals: true,
      preset: { worker: { schema, concurrentJobs: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: { nothing: async () => { done++; } },
    });
    while (done < jobs || Number((await pgPool.query(`SELECT count(*) FROM ${schema}._private_jobs`)).rows[0].count) > 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    stop = () => runner.stop();
    return jobs;
  },
};

let stop = async () => {};
if (what === "process") {
  await addMany();
}

const began = performance.now();
const rows = await measures[what]();
console.log(JSON.stringify({ rows, milliseconds: performance.now() - began }));
await stop();
await utils.release();
await pgPool.end();
