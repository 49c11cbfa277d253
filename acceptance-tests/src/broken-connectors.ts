import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {loadPlan, type Plan} from './config/load';
import {judge} from './harness';
import {failedIds} from './report/result';
import {executable} from './run/executable';
import type {ImageFacts} from './run/runner';
import {Stage} from './stage/stage';

const BROKEN = path.join(__dirname, '../broken');

/** A connector with one fault on purpose, and the check that must notice. */
export interface BrokenConnector {
  readonly id: string;
  /** The fault, where a check has several scripts: `R3-strict-integer`. */
  readonly name: string;
  readonly script: string;
}

/** The scripts of a kind whose ids begin with one of the letters. */
export function brokenConnectors(
  kind: 'source' | 'destination',
  letters: string,
): readonly BrokenConnector[] {
  const folder = path.join(BROKEN, kind);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const found = /^(([SCDRFIAMX])\d+)(-[a-z0-9-]+)?\.cjs$/.exec(file);
      const [, id = '', letter = ''] = found ?? [];
      if (found === null || !letters.includes(letter)) return [];
      return [{id, name: path.basename(file, '.cjs'), script: path.join(folder, file)}];
    });
}

/** The source and the destination without fault. */
export const SOUND = {
  source: path.join(BROKEN, 'source/sound-source.cjs'),
  destination: path.join(BROKEN, 'destination/sound-destination.cjs'),
} as const;

/** What is specified, and what lies beside a connector: its plan reads no records. */
const WITH_DOCUMENTS = /^[SAM]\d/;

/** What the harness says of a connector. */
interface Verdict {
  /** The ids that failed. */
  readonly ids: readonly string[];
  /** `id severity: message` of every finding. */
  readonly said: readonly string[];
}

/**
 * Judges a script by a plan: the folder beside it that bears its name, or its id, else
 * `documents/`, `own/` or `plan/`. Beside it may be `<name>.image.json`, which makes it an
 * image with these facts, and `<name>.edits.json`: words of the plan's documents to be
 * replaced.
 */
export async function verdictOn(
  script: string,
  plan = planFor(script),
): Promise<Verdict> {
  const work = mkdtempSync(path.join(tmpdir(), 'broken-'));
  const loaded = loadPlan(path.join(plan, 'acceptance-test-config.yml'));
  const facts = beside(script, 'image') as ImageFacts | undefined;
  const runner = executable(script, {work});
  const stage = new Stage(
    edited(loaded, beside(script, 'edits') ?? {}, work),
    facts === undefined ? runner : {...runner, image: () => Promise.resolve(facts)},
  );
  const results = await judge(stage);
  rmSync(work, {recursive: true, force: true});
  return {
    ids: failedIds(results),
    said: results.flatMap(({id, findings}) =>
      findings.map(({severity, message}) => `${id} ${severity}: ${message}`),
    ),
  };
}

function planFor(script: string): string {
  const folder = path.dirname(script);
  const name = path.basename(script, '.cjs');
  const own = [name, name.replace(/-.*/, '')]
    .map((each) => path.join(folder, each))
    .find((each) => existsSync(each));
  return own ?? path.join(folder, sharedPlan(folder, name));
}

/** The sources with a fault of our own kind have a plan that asks more of them. */
function sharedPlan(folder: string, name: string): string {
  if (WITH_DOCUMENTS.test(name)) return 'documents';
  return name.startsWith('X') && existsSync(path.join(folder, 'own')) ? 'own' : 'plan';
}

function beside(script: string, what: 'image' | 'edits'): unknown {
  const file = script.replace(/\.cjs$/, `.${what}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** For each document, pairs of what stands there and what is to stand there. */
type Edits = Readonly<
  Partial<Record<'documentation' | 'metadata', readonly (readonly [string, string])[]>>
>;

/** The plan with edited copies of its documents; words that are not there are an error. */
function edited(plan: Plan, edits: Edits, work: string): Plan {
  const copies = Object.entries(edits).map(([document, pairs]) => {
    const member = `${document as keyof Edits}_path` as const;
    const text = pairs.reduce(
      (content, [from, to]) => {
        if (!content.includes(from)) throw new StaleEdit(`${document}: ${from}`);
        return content.replace(from, () => to);
      },
      readFileSync(path.resolve(plan.base, plan.own[member] ?? ''), 'utf8'),
    );
    const copy = path.join(work, document);
    writeFileSync(copy, text);
    return [member, copy];
  });
  return {...plan, own: {...plan.own, ...(Object.fromEntries(copies) as object)}};
}

class StaleEdit extends Error {}
