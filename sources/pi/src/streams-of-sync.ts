import {TransientError, type AnySourceStream, type Log} from 'airbyte-cdk-ts';

import {timeAt} from './client/data-servers';
import type {PiHttp} from './client/pi-http';
import {RecordedArchive} from './client/recorded-archive';
import {pointRulesOf, timeRulesOf, type PiConfig} from './config';
import type {Connection} from './connection';
import {selectDatabases} from './selection/select-databases';
import {selectDataServers, selectPoints} from './selection/select-points';
import {AfElements} from './streams/af-elements';
import {EventFrames} from './streams/event-frames';
import {Timeseries} from './streams/timeseries';
import type {PiTimestamp} from './sync/pi-timestamp';
import {SyncBooks} from './sync-books';

/** The streams of a sync, and the books that some of them tell of. */
export interface StreamsOfSync {
  readonly streams: readonly AnySourceStream[];
  readonly books: SyncBooks;
}

/** All streams, in the order of the catalog. What they share of PI is asked for once. */
export function streamsOfSync(
  config: PiConfig,
  log: Log,
  {pi, traffic}: Connection,
): StreamsOfSync {
  const rules = pointRulesOf(config);
  const {max_concurrency: maxConcurrency, max_values_per_response} = config.load;
  const points = once(() => selectPoints(pi, rules, log));
  const databases = once(() => selectDatabases(pi, config.selection.asset_databases));
  const serverNow = once(() => archiveTime(pi, config));
  const times = timeRulesOf(config);
  const books = new SyncBooks({config, pi, traffic, points, serverNow, log});
  const {audit, status} = books.streams();
  const shared = {serverNow, ...times, maxConcurrency, log};
  const streams = [
    new Timeseries({
      archive: new RecordedArchive(pi, books.times),
      points,
      ...shared,
      holdsNewest: config.snapshot === 'hold_back',
      account: books.account,
      audit: books.auditor,
      maxValuesPerResponse: max_values_per_response,
    }),
    audit,
    new AfElements({http: pi, databases, log}),
    new EventFrames({
      http: pi,
      databases,
      ...shared,
      lookbackMs: times.frameLookbackMs,
      templates: config.event_frames.templates,
      annotations: config.event_frames.annotations,
    }),
    status,
  ];
  return {streams, books};
}

/** The time at the selected archives. */
async function archiveTime(pi: PiHttp, config: PiConfig): Promise<PiTimestamp> {
  const servers = await selectDataServers(pi, pointRulesOf(config));
  const now = timeAt(servers, pi.serverDateMs);
  if (now !== undefined) return now;
  throw new TransientError(
    'PI Web API does not tell what time it is at the data server.',
  );
}

/** A failure is not remembered: the next who asks tries again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((thrown: unknown) => {
      answer = undefined;
      throw thrown;
    });
    return answer;
  };
}
