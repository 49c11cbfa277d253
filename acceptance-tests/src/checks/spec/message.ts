import {schemaFaults} from '../../schema/draft-07';
import {isSchema} from '../../schema/walk';
import {endOf, inside, messagesOfType, type Outcome} from '../../run/outcome';
import {error, unless, type Check, type Finding} from '../check';

/** The platform waits so long for `spec`, as Airbyte's own harness does. */
const LIMIT_SECONDS = 60;

/** S1: what `spec` prints. */
export const MESSAGE: Check = {
  id: 'S1',
  title: 'spec prints one SPEC in time, its schema is of draft-07',
  bypass: (stage) => stage.bypassed('spec'),
  run: async (stage) => {
    const outcome = await stage.spec();
    const limits = stage.tests('spec').map(({timeout_seconds: limit}) => limit);
    return [
      ...endFindings(
        outcome,
        Math.min(...limits.map((limit) => limit ?? LIMIT_SECONDS)),
      ),
      ...(await messageFindings(outcome)),
    ];
  },
};

function endFindings(outcome: Outcome, limit: number): readonly Finding[] {
  return [
    ...unless(outcome.exit === 0, `spec ${endOf(outcome)} instead of 0`),
    ...unless(
      outcome.seconds <= limit,
      `spec took ${outcome.seconds.toFixed(3)} s, more than ${limit} s`,
    ),
  ];
}

async function messageFindings(outcome: Outcome): Promise<readonly Finding[]> {
  const messages = await messagesOfType(outcome, 'SPEC');
  const schema = inside(messages[0], 'spec', 'connectionSpecification');
  return [
    ...unless(messages.length === 1, `${messages.length} SPEC messages instead of one`),
    ...(isSchema(schema)
      ? schemaFaults(schema).map((fault) => error(`connectionSpecification: ${fault}`))
      : [error('the SPEC has no connectionSpecification')]),
  ];
}
