import {statSync} from 'node:fs';

import type {OwnConfig} from '../../config/own-config';
import {accountOf, lastStates} from '../../reading/account';
import {endOf, type Outcome} from '../../run/outcome';
import {streamName, type ConfiguredCatalog} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, type Check, type Finding} from '../check';
import {ignoredFields, freshRead} from './reads';
import {
  allOf,
  byKey,
  contentOf,
  difference,
  shown,
  type Content,
  type Identify,
} from './record-digests';

type Kill = NonNullable<OwnConfig['kill']>;

/** X3: what a state covered and what comes after it is everything. */
export const KILL: Check = {
  id: 'X3',
  title: 'killed anywhere and resumed from its last states, a read loses nothing',
  kinds: ['source'],
  bypass: ({plan}) =>
    plan.own.kill === undefined ? 'the plan names no config to kill' : undefined,
  run: async (stage) => {
    const {kill} = stage.plan.own;
    return kill === undefined ? [] : killed(stage, kill);
  },
};

/** The read that nobody killed. */
interface Whole {
  readonly outcome: Outcome;
  readonly catalog: ConfiguredCatalog;
  readonly content: Content;
  readonly identify: Identify;
}

async function killed(stage: Stage, kill: Kill): Promise<readonly Finding[]> {
  const {outcome, catalog} = await freshRead(stage, kill.config_path);
  if (outcome.exit !== 0)
    return [error(`the read that nobody kills ${endOf(outcome)}`)];
  const identify = byKey(catalog, ignoredFields(stage));
  const content = await contentOf(outcome, identify);
  const whole = {outcome, catalog, content, identify};
  const places = randomPlaces(kill, statSync(outcome.stdoutFile).size);
  return all(places, (place) => killedAt(stage, place, {whole, kill}));
}

async function killedAt(
  stage: Stage,
  place: number,
  {whole, kill}: {whole: Whole; kill: Kill},
): Promise<readonly Finding[]> {
  const {catalog, identify} = whole;
  const request = {configPath: kill.config_path, catalog};
  const more = {reader: {killAfterBytes: place}};
  const first = await stage.read({...request, more});
  const state = lastStates(await accountOf(first));
  const second = await stage.read({...request, state});
  const at = `killed after ${place} bytes`;
  if (second.exit !== 0) return [error(`${at}: the resumed read ${endOf(second)}`)];
  const parts: Parts = {
    before: await contentOf(first, identify),
    after: await contentOf(second, identify),
  };
  return all(whole.content.keys(), async (stream) =>
    (await lost(stream, {whole, parts, kill})).map((message) =>
      error(`${at}: ${stream}: ${message}`),
    ),
  );
}

interface Parts {
  readonly before: Content;
  readonly after: Content;
}

/** What became of a stream's records. Records after the last state do not count. */
async function lost(
  stream: string,
  {whole, parts: {before, after}, kill}: {whole: Whole; parts: Parts; kill: Kill},
): Promise<readonly string[]> {
  const covered = before.get(stream);
  const {missing, foreign, repeated, firstMissing} = difference(
    allOf(whole.content, stream),
    [
      covered?.digests.first(covered.covered) ?? new Float64Array(),
      allOf(after, stream),
    ],
  );
  const first = await shown(whole.outcome, whole.identify, {
    ...{stream, digest: firstMissing},
  });
  const said: string[] = [];
  if (missing > 0) {
    said.push(
      `${missing} records came neither before the last state nor in the resumed read (the first: ${first})`,
    );
  }
  if (foreign > 0) said.push(`${foreign} records are not in the read nobody killed`);
  if (isIncremental(whole.catalog, stream) && repeated > kill.repeated_records) {
    said.push(
      `${repeated} records came again that a state had covered, ${kill.repeated_records} may`,
    );
  }
  return said;
}

// A stream read whole may begin anew, and what it brings replaces what it brought.
function isIncremental({streams}: ConfiguredCatalog, name: string): boolean {
  return streams.some(
    ({stream, sync_mode: mode}) =>
      streamName(stream) === name && mode === 'incremental',
  );
}

/** Places in the output, the same for the same seed (mulberry32). */
function randomPlaces({times, seed}: Kill, bytes: number): readonly number[] {
  let state = seed;
  return Array.from({length: times}, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return 1 + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (bytes - 1));
  });
}
