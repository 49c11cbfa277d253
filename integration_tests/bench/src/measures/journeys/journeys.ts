import {LATENCY} from '../../products/plant';
import type {BenchContext, Findings} from '../context';
import {measureBackfill} from './backfill';
import {measureHour} from './hour';
import {measureQuiet} from './quiet';

/** How large the journeys are. */
export interface JourneySizes {
  /** Points of the sync without events, and of the hour. */
  readonly points: number;
  /** Days of the backfill. */
  readonly days: number;
}

/** Whole syncs of a distant plant: every request, call and event takes its time. */
export async function measureJourneys(
  {points, days}: JourneySizes,
  context: BenchContext,
): Promise<Findings> {
  const {requestMs, archiveCallMs, eventMicros} = LATENCY;
  const cost = `${requestMs} ms a request, ${archiveCallMs} ms a call to the archive, ${eventMicros} µs an event`;
  context.say(`  A stand-in for a distant PI: the simulator at ${cost}`);
  const found = [
    await measureQuiet(points, context),
    await measureHour(points, context),
    await measureBackfill(days, context),
  ];
  return {
    measures: found.flatMap(({measures}) => measures),
    samples: found.flatMap(({samples}) => samples),
    tables: found.flatMap(({tables}) => tables ?? []),
  };
}
