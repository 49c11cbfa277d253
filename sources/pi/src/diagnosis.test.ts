import {readFileSync} from 'node:fs';
import path from 'node:path';

import {DIAGNOSIS} from './diagnosis';

const PAGE = path.join(__dirname, '../../../spec/source-pi/docs.md');

describe('the diagnosis', () => {
  const findings = DIAGNOSIS.flatMap((layer) => layer.findings);

  it('has an id and a text of its own for each finding', () => {
    expect(new Set(findings.map(({id}) => id)).size).toBe(findings.length);
    expect(new Set(findings.map(({text}) => text)).size).toBe(findings.length);
    expect(DIAGNOSIS.filter((layer) => layer.findings.length === 0)).toEqual([]);
  });

  it('is the one in the user documentation, row by row', () => {
    const page = readFileSync(PAGE, 'utf8');
    const tables = page.slice(
      page.indexOf('<!-- diagnosis -->'),
      page.indexOf('<!-- /diagnosis -->'),
    );
    const rows = [...tables.matchAll(/^\| (.+) \| (yes|no) \|$/gm)];

    expect(rows.map(([, text, passes]) => [text, passes])).toEqual(
      findings.map(({text, failureType}) => [
        text.replaceAll(/\{\w+\}/g, '…'),
        failureType === 'transient_error' ? 'yes' : 'no',
      ]),
    );
  });
});
