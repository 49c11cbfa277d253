import type {StreamAccount} from '../../reading/account';
import {accountOfRun, isBasicRead} from './runs';
import type {Run, Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';

/** X6: states count right, say something new, stay small and come often enough. */
export const STATES: Check = {
  id: 'X6',
  title: 'states of all reads: true counts, none twice in a row, small, often enough',
  kinds: ['source'],
  run: (stage) =>
    all(
      stage.runs.filter(({command}) => command.command === 'read'),
      (run) => findings(stage, run),
    ),
};

async function findings(stage: Stage, run: Run): Promise<readonly Finding[]> {
  const {streams} = await accountOfRun(stage, run);
  const {max_bytes: maxBytes} = stage.plan.own.states;
  const isCounted = !isBasicRead(stage, run);
  const ofStreams = [...streams.values()].flatMap((stream) => [
    ...(isCounted ? countFindings(stream, run) : []),
    ...repetitions(stream),
    ...stream.states
      .filter(({bytes}) => bytes > maxBytes)
      .slice(0, 1)
      .map(({bytes}) =>
        error(`${stream.name}: a state of ${bytes} bytes, ${maxBytes} may be`),
      ),
  ]);
  return [...ofStreams, ...pauses(stage, run)];
}

// A read that was cut off, or that failed, may have records that no state counts.
function countFindings(stream: StreamAccount, {outcome}: Run): readonly Finding[] {
  const {name, states, recordsAfterLastState: rest} = stream;
  const wrong = states.find(
    ({recordCount, recordsSince}) => recordCount !== recordsSince,
  );
  const isUncounted = rest > 0 && outcome.exit === 0 && !outcome.isCut;
  return [
    ...(wrong === undefined
      ? []
      : [
          error(
            `${name}: a state counts ${wrong.recordCount ?? 'no'} records, ` +
              `${wrong.recordsSince} came since the one before`,
          ),
        ]),
    ...unless(!isUncounted, `${name}: ${rest} records came after the last state`),
  ];
}

function repetitions({name, states}: StreamAccount): readonly Finding[] {
  const isTwice = states.some(
    ({digest}, i) => i > 0 && states[i - 1]?.digest === digest,
  );
  return unless(!isTwice, `${name}: the same state twice in a row`);
}

function pauses({plan}: Stage, {command, outcome}: Run): readonly Finding[] {
  const {max_interval_seconds: limit} = plan.own.states;
  // A reader that stopped reading made the pause itself.
  if (command.reader !== undefined) return [];
  const {longestSilenceSeconds: silence, longestWithoutStateSeconds: stateless} =
    outcome;
  const said = {'RECORD or STATE': silence, STATE: stateless};
  const [late] = Object.entries(said).filter(([, seconds]) => seconds > limit);
  return late === undefined
    ? []
    : [error(`no ${late[0]} for ${late[1].toFixed(1)} s, ${limit} s may be`)];
}
