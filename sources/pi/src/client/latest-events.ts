import {z} from 'zod';

import type {PiPoint} from '../sync/pi-point';
import {piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import {webExceptionOf} from './answer';
import type {PiHttp} from './pi-http';
import {askStreamSets, type StreamAnswer} from './stream-sets';

/** The newest event of a point as PI tells it. */
export type LatestEvent =
  | {readonly kind: 'event'; readonly at: PiTimestamp}
  /** The point never had an event. */
  | {readonly kind: 'no_data'}
  /** PI did not tell. */
  | {readonly kind: 'unknown'};

/**
 * The newest events, by `GET streamsets/end` inside `POST /batch`, in the order of the
 * points; snapshots count. Does not reject for what PI refuses.
 */
export async function latestEvents(
  http: PiHttp,
  points: readonly PiPoint[],
): Promise<readonly LatestEvent[]> {
  const items = points.map((point) => ({point}));
  const query = {selectedFields: SELECTED_FIELDS};
  const {byItem} = await askStreamSets(http, 'end', [{items, query}]);
  return items.map((item) => latestOf(byItem.get(item)));
}

const SELECTED_FIELDS = [
  'Items.WebId',
  'Items.Value.Timestamp',
  'Items.Value.Value',
  'Items.Value.Errors',
  'Items.Errors',
  'Items.WebException',
  'WebException',
].join(';');

const EndStream = z.looseObject({
  Value: z.looseObject({
    Timestamp: z.string(),
    Value: z.unknown(),
    Errors: z.array(z.unknown()).nullish(),
  }),
});
const SystemState = z.looseObject({Value: z.literal(248), IsSystem: z.literal(true)});

const UNKNOWN: LatestEvent = {kind: 'unknown'};

function latestOf(answer: StreamAnswer | undefined): LatestEvent {
  if (answer?.ok !== true || webExceptionOf(answer.stream) !== undefined)
    return UNKNOWN;
  const stream = EndStream.safeParse(answer.stream);
  return stream.success ? latestOfValue(stream.data.Value) : UNKNOWN;
}

function latestOfValue(value: z.output<typeof EndStream>['Value']): LatestEvent {
  const {Errors: errors} = value;
  if (Array.isArray(errors) && errors.length > 0) return UNKNOWN;
  // The state No Data is what PI answers where there is nothing.
  if (SystemState.safeParse(value.Value).success) return {kind: 'no_data'};
  const at = piTimestamp(value.Timestamp);
  return at === undefined ? UNKNOWN : {kind: 'event', at};
}
