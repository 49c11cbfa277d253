import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {extraAuthorities} from './extra-authorities';
import {LOOPBACK_CERTIFICATE} from './loopback-certificate.stand-in';

describe('extraAuthorities', () => {
  it('reads the certificates of the file that the environment names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'authorities-'));
    const file = join(folder, 'ca.pem');
    writeFileSync(file, `# two\n${LOOPBACK_CERTIFICATE}${LOOPBACK_CERTIFICATE}`);

    expect(extraAuthorities({NODE_EXTRA_CA_CERTS: file})).toHaveLength(2);

    rmSync(folder, {recursive: true});
  });

  it.each([{}, {NODE_EXTRA_CA_CERTS: ''}, {NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem'}])(
    'finds none in %j',
    (environment) => {
      expect(extraAuthorities(environment)).toEqual([]);
    },
  );
});
