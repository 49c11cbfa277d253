import type {Outcome} from '../../run/outcome';
import {error, type Finding} from '../check';
import {allOf, contentOf, difference, shown, type Identify} from './record-digests';

/** A read that says what another one should have brought. */
interface Expected {
  readonly outcome: Outcome;
  readonly identify: Identify;
  /** Only these streams are compared; all of them unless told. */
  readonly streams?: readonly string[];
}

/** What a read brought besides, or instead of, what another one did. */
export async function sameRecords(
  actual: Outcome,
  expected: Expected,
): Promise<readonly Finding[]> {
  const [wanted, found] = [
    await contentOf(expected.outcome, expected.identify),
    await contentOf(actual, expected.identify),
  ];
  const findings: Finding[] = [];
  for (const stream of expected.streams ??
    new Set([...wanted.keys(), ...found.keys()])) {
    const {missing, repeated, foreign, firstMissing} = difference(
      allOf(wanted, stream),
      [allOf(found, stream)],
    );
    if (missing + repeated + foreign === 0) continue;
    const first = await shown(expected.outcome, expected.identify, {
      ...{stream, digest: firstMissing},
    });
    findings.push(
      error(
        `${stream}: ${missing} records are missing` +
          (missing > 0 ? ` (the first: ${first})` : '') +
          `, ${repeated + foreign} were not expected`,
      ),
    );
  }
  return findings;
}
