import {once} from 'node:events';
import path from 'node:path';
import {Worker} from 'node:worker_threads';

import fc from 'fast-check';

import {literal} from './engine-sql';

const BUILT = path.join(__dirname, '../../lib/parquet/engine-answer.js');

/** The engine lives in a thread: its library knows no contexts such as Jest makes. */
const THREAD = `
  const {parentPort} = require('node:worker_threads');
  const duckdb = require(${JSON.stringify(require.resolve('@duckdb/node-bindings'))});
  const {answerRows} = require(${JSON.stringify(BUILT)});
  const opened = duckdb.open(':memory:').then((database) => duckdb.connect(database));
  parentPort.on('message', async (sql) => {
    try {
      const rows = await answerRows(await duckdb.query(await opened, sql));
      parentPort.postMessage({rows});
    } catch (cause) {
      parentPort.postMessage({refusal: cause.name});
    }
  });
`;

let thread: Worker;

beforeAll(() => {
  thread = new Worker(THREAD, {eval: true});
});

afterAll(async () => {
  await thread.terminate();
});

describe('answerRows', () => {
  it('reads texts and missing values as they were given', async () => {
    // SQL text knows no NUL. Up to 12 bytes a text stands in the vector, longer ones do not.
    const text = fc
      .oneof(fc.string({unit: 'binary', maxLength: 5}), fc.string({unit: 'grapheme'}))
      .filter((given) => !given.includes('\0'));
    const rows = fc.array(fc.option(text), {minLength: 1, maxLength: 300});
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const values = given.map((one) => `(${one === null ? 'NULL' : literal(one)})`);

        const answer = await answersTo(
          `SELECT t::VARCHAR FROM (VALUES ${values.join(', ')}) v(t)`,
        );

        expect(answer).toEqual(given.map((one) => [one]));
      }),
      {seed: 1},
    );
  });

  it('reads every row of an answer of many chunks, in order', async () => {
    const answer = await answersTo(
      "SELECT i, CASE WHEN i % 3 > 0 THEN 'row number ' || i END FROM range(10000) r(i)",
    );

    expect(answer).toEqual(
      Array.from({length: 10_000}, (_, i) => [
        String(i),
        i % 3 > 0 ? `row number ${i}` : null,
      ]),
    );
  });

  it('reads counts beyond what a double can tell apart', async () => {
    const answer = await answersTo(
      'SELECT 9007199254740993, 18446744073709551615::UBIGINT, -1::BIGINT',
    );

    expect(answer).toEqual([['9007199254740993', '18446744073709551615', '-1']]);
  });

  it('reads maps of maps, empty and missing ones', async () => {
    const answer = await answersTo(
      `FROM (VALUES (MAP {'a': MAP {'min': '1', 'max': NULL}, 'b': MAP {}}),
         (NULL), (MAP {}), (MAP {'the name of a column': MAP {'nulls': '0'}})) v(m)`,
    );

    const map = (entries: Record<string, unknown>): unknown =>
      new Map(Object.entries(entries));
    expect(answer).toEqual([
      [map({a: map({min: '1', max: null}), b: map({})})],
      [null],
      [map({})],
      [map({'the name of a column': map({nulls: '0'})})],
    ]);
  });

  it('answers a statement without rows with none', async () => {
    expect(await answersTo("SELECT 'x' WHERE false")).toEqual([]);
  });

  it('refuses a type that it does not know', async () => {
    expect(await asked('SELECT 1.5::DOUBLE')).toEqual({refusal: 'EngineFault'});
  });
});

async function answersTo(sql: string): Promise<unknown> {
  const {rows} = (await asked(sql)) as {rows: unknown};
  return rows;
}

/** What the thread says: the rows, or the name of the error that it met. */
async function asked(sql: string): Promise<unknown> {
  thread.postMessage(sql);
  const [answer] = (await once(thread, 'message')) as unknown[];
  return answer;
}
