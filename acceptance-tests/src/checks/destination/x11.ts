import {inside, messagesOfType} from '../../run/outcome';
import type {Stage} from '../../stage/stage';
import {all, error, type Check, type Finding} from '../check';
import type {DestinationMode} from './conversation';
import {DEDUP_RULES} from './rules/dedup';
import {ENDING_RULES} from './rules/endings';
import {INPUT_RULES} from './rules/input';
import {NAME_RULES} from './rules/names';
import {REFRESH_RULES} from './rules/refresh';
import {at, type Rule} from './rules/rule';
import {STATE_RULES} from './rules/states';
import {VALUE_RULES} from './rules/values';
import {Storage} from './storage';

export const RULES: readonly Rule[] = [
  ...STATE_RULES,
  ...INPUT_RULES,
  ...ENDING_RULES,
  ...VALUE_RULES,
  ...NAME_RULES,
  ...DEDUP_RULES,
  ...REFRESH_RULES,
];

const MODES: readonly DestinationMode[] = ['append', 'overwrite', 'append_dedup'];

/** Everything a destination owes to rows and states, shown by small conversations. */
export const X11: Check = {
  id: 'X11',
  title: 'rows are stored as they came, and states come back when they are',
  kinds: ['destination'],
  bypass: ({plan}) =>
    plan.own.storage === undefined ? 'the plan tells no storage' : undefined,
  run: async (stage) => {
    const modes = await supportedModes(stage);
    if (modes.length === 0) {
      return [error('spec declares no supported_destination_sync_modes')];
    }
    const storage = new Storage(stage);
    return all(RULES, async ({id, name, needs, judge}) =>
      needs.every((mode) => modes.includes(mode))
        ? at(`${id} (${name})`, await judged(() => judge(storage, modes)))
        : [],
    );
  },
};

export async function supportedModes(
  stage: Stage,
): Promise<readonly DestinationMode[]> {
  const [message] = await messagesOfType(await stage.spec(), 'SPEC');
  const told = inside(message, 'spec', 'supported_destination_sync_modes');
  return MODES.filter((mode) => Array.isArray(told) && told.includes(mode));
}

/** A rule that breaks down says so, and the others are asked all the same. */
async function judged(
  judge: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await judge();
  } catch (cause) {
    return [error(`it could not be judged: ${String(cause)}`)];
  }
}
