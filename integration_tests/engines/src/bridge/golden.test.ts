import fs from 'node:fs';
import path from 'node:path';

import {planStatement} from './plan';
import {treatmentText} from './statement-log';
import {isAllowed} from './allow-list';

/** The statements of the destination, as its golden files hold them. */
const GOLDEN = path.join(__dirname, '../../../../spec/destination-unity/sql');

/** The only ones that do not reach Spark letter by letter. */
const NOT_UNCHANGED: Readonly<Record<string, string>> = {
  'copy-into.sql': 'bridge',
  'create-volume.sql': 'bridge',
  'list-files.sql': 'bridge',
  'put-file.sql': 'bridge',
  'remove-file.sql': 'bridge',
  'merge-into.sql': 'rewritten: volume path',
  'merge-into-with-deletions.sql': 'rewritten: volume path',
};

describe('the statements of the destination', () => {
  it.each(fs.readdirSync(GOLDEN))('are sent as allowed: %s', (file) => {
    const statement = fs.readFileSync(path.join(GOLDEN, file), 'utf8');

    const plan = planStatement(statement, [], (volumePath) => `/disk${volumePath}`);

    const entry =
      plan.by === 'bridge'
        ? ({statement, treatment: 'bridge', rewritings: []} as const)
        : ({
            statement,
            treatment: plan.sql === statement ? 'unchanged' : 'rewritten',
            rewritings: plan.rewritings,
          } as const);
    expect(treatmentText(entry)).toBe(NOT_UNCHANGED[file] ?? 'unchanged');
    expect(isAllowed(entry)).toBe(true);
  });
});
