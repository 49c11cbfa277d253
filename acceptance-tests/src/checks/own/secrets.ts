import {createReadStream} from 'node:fs';

import type {OwnConfig} from '../../config/own-config';
import {inside, messagesOfType, textsOf, type Outcome} from '../../run/outcome';
import type {Stage} from '../../stage/stage';
import {all, error, warning, type Check, type Finding} from '../check';
import {sampleCommand} from './sample';
import {formsOf, secretsIn} from './secret-forms';

type Fault = OwnConfig['faults'][number];

/** X2: no run, faults included, gave a secret of its config away. */
export const SECRETS: Check = {
  id: 'X2',
  title: 'no secret of a config shows in what any run prints, faults included',
  run: async (stage) => {
    const provoked = await all(stage.plan.own.faults, (fault) => provoke(stage, fault));
    const forms = await secretForms(stage);
    const told = await all(stage.runs, ({outcome}) => leaks(outcome, forms));
    return [...provoked, ...told];
  },
};

/** Meets a fault; a fault that does no harm shows nothing. */
async function provoke(stage: Stage, fault: Fault): Promise<readonly Finding[]> {
  const outcome = await stage.runner.run(await sampleCommand(stage, fault));
  const [status] = await messagesOfType(outcome, 'CONNECTION_STATUS');
  const isHarmless =
    outcome.exit === 0 && inside(status, 'connectionStatus', 'status') !== 'FAILED';
  return isHarmless
    ? [warning(`${fault.name}: ${fault.command} noticed nothing of this fault`)]
    : [];
}

/** The giveaways of all configs that were used. */
async function secretForms(stage: Stage): Promise<readonly string[]> {
  const schema = await stage.connectionSpecification();
  const configs = stage.runs.map(({command}) => command.config?.content);
  const forms = [...new Set(configs)]
    .flatMap((config) => secretsIn(config, schema))
    .flatMap(formsOf);
  return [...new Set(forms)];
}

// Neither the secret nor the line is shown: a report is read by many.
async function leaks(
  outcome: Outcome,
  forms: readonly string[],
): Promise<readonly Finding[]> {
  const {command, stdoutFile, stderrFile} = outcome;
  const said = await leaksIn(stdoutFile, forms);
  const logged = await leaksIn(stderrFile, forms);
  return [
    ...said.map((kind) =>
      error(`${command}: a secret in a ${kind} on standard output`),
    ),
    ...(logged.length > 0 ? [error(`${command}: a secret on standard error`)] : []),
  ];
}

/** The kinds of lines that have a secret in them. */
async function leaksIn(
  file: string,
  forms: readonly string[],
): Promise<readonly string[]> {
  const kinds = new Set<string>();
  if (!(await hasAny(file, forms))) return [];
  for await (const text of textsOf(file)) {
    if (forms.some((form) => text.includes(form))) kinds.add(kindOf(text));
  }
  // A connector hands its changed config back in CONTROL, and nowhere else.
  kinds.delete('CONTROL message');
  return [...kinds];
}

/** Looks at a file as it lies there, which is much faster than line by line. */
async function hasAny(file: string, forms: readonly string[]): Promise<boolean> {
  const wanted = forms.map((form) => Buffer.from(form));
  const overlap = Math.max(0, ...wanted.map(({length}) => length));
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, {highWaterMark: 1 << 20})) {
    const piece = Buffer.concat([rest, chunk as Buffer]);
    if (wanted.some((form) => piece.includes(form))) return true;
    rest = piece.subarray(Math.max(0, piece.length - overlap));
  }
  return false;
}

function kindOf(text: string): string {
  const [, type] = /^\{\s*"type"\s*:\s*"(\w+)"/.exec(text) ?? [];
  return type === undefined ? 'line that is no message' : `${type} message`;
}
