import {mkdirSync} from 'node:fs';
import {join} from 'node:path';

import {inflatedCopy} from '../recording/inflated';
import type {LinkCost} from '../recording/throttled-link';
import {judged, type Measure} from '../report/measure';
import {compared} from '../statistics';
import type {BenchContext, Findings} from './context';
import {readCounted} from './counted';
import {serveHistory, type History, type ServedHistory} from './history';
import {
  figures,
  interleaved,
  perCpuSecond,
  perSecond,
  type Contestant,
  type Sample,
} from './sample';

/** A network between two sites, as a stand-in. */
const LINK: LinkCost = {roundTripMs: 50, megabits: 100};
const WIRES = [
  {name: 'on the loopback'},
  {name: `over ${LINK.roundTripMs} ms and ${LINK.megabits} Mbit/s`, link: LINK},
] as const;

/** `source-pi read` of zipped answers against the same answers plain, near and far. */
export async function measureWire(
  history: History,
  context: BenchContext,
): Promise<Findings> {
  const recording = join(history.folder, 'inflated');
  inflatedCopy(history.recording, recording);
  const plain = {...history, recording};
  const all: ServedHistory[] = [];
  try {
    const contestants: Contestant[] = [];
    for (const {name, ...wire} of WIRES) {
      for (const [kind, one] of [
        ['gzip', history],
        ['plain', plain],
      ] as const) {
        const folder = join(history.folder, `wire-${all.length}`);
        mkdirSync(folder);
        const link = 'link' in wire ? wire.link : undefined;
        const served = await serveHistory({...one, folder}, {link, isReplayed: true});
        all.push(served);
        const run = (): ReturnType<typeof readCounted> =>
          readCounted(served.read, history.records);
        contestants.push({name: contestantOf(kind, name), run});
      }
    }
    const {rounds, say} = context;
    const samples = await interleaved(contestants, rounds, say);
    return {samples, measures: WIRES.flatMap(({name}) => measuresOf(name, samples))};
  } finally {
    for (const served of all) await served[Symbol.asyncDispose]();
  }
}

const contestantOf = (kind: 'gzip' | 'plain', wire: string): string =>
  `source-pi, ${kind} ${wire}`;

function measuresOf(wire: string, samples: readonly Sample[]): readonly Measure[] {
  const [gzip, plain] = [contestantOf('gzip', wire), contestantOf('plain', wire)];
  const measure = `source read ${wire}: gzip against plain answers`;
  const of = (
    subject: {readonly measure: string; readonly unit: string},
    figure: (sample: Sample) => number,
  ): Measure => {
    const [a, b] = [figures(samples, gzip, figure), figures(samples, plain, figure)];
    return judged({...subject, rounds: a.length}, compared(a, b));
  };
  return [
    of({measure, unit: 'values/s'}, perSecond),
    of({measure: `${measure}, CPU`, unit: 'values/CPU s'}, perCpuSecond),
  ];
}
