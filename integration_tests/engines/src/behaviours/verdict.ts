import {isDeepStrictEqual} from 'node:util';

import type {RunEnd} from './destination-run';
import {stateOf, type StreamStory} from './stream-story';

/** What is wrong with the states that came back from streams which ended well. */
export function verdictOn(
  {states}: RunEnd,
  streams: readonly StreamStory[],
): readonly string[] {
  const faults = streams.flatMap((story) => {
    const {name, namespace, batches = []} = story;
    const wanted = batches.map((records, batch) => ({
      stream: name,
      namespace,
      state: stateOf({name, namespace}, {batch, records: records.length}),
      recordCount: records.length,
    }));
    const echoed = states.filter(
      (state) => state.stream === name && state.namespace === namespace,
    );
    return isDeepStrictEqual(echoed, wanted)
      ? []
      : [`Of ${name} came back ${JSON.stringify(echoed)}.`];
  });
  const sent = streams.reduce((sum, {batches = []}) => sum + batches.length, 0);
  if (states.length !== sent)
    faults.push(`${states.length} of ${sent} states came back.`);
  return faults;
}
