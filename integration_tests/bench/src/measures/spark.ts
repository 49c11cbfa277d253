import {startServer} from '../process/server';
import {program} from '../products/programs';
import type {SparkHello} from '../warehouse/hello';
import type {BenchContext, Findings, NotRun} from './context';
import {measureMergeCost} from './merge-cost';
import {measureSparkTables} from './spark-tables';

/** Rows into Delta tables of a real Spark, and the cost of a merge into a long history. */
export async function measureSpark(
  short: boolean,
  context: BenchContext,
): Promise<Findings | NotRun> {
  const script = require.resolve('../warehouse/serve-spark');
  await using server = await startServer<SparkHello>(program(script));
  const {hello} = server;
  if ('notRun' in hello) return hello;
  const found = [
    await measureSparkTables(hello, {...context, rounds: short ? 1 : 3}),
    await measureMergeCost(hello, {...context, hours: short ? 2 : 4}),
  ];
  return {
    measures: found.flatMap(({measures}) => measures),
    samples: found.flatMap(({samples}) => samples),
  };
}
