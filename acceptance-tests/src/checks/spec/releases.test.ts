import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {airbyteConfigSchema} from '../../config/airbyte-config';
import {ownConfigSchema} from '../../config/own-config';
import type {Outcome} from '../../run/outcome';
import {Stage} from '../../stage/stage';
import {RELEASES} from './releases';

describe('the comparison with the release before', () => {
  let base = '';

  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'releases-'));
  });

  afterEach(() => rmSync(base, {recursive: true}));

  it('is left out where no release is kept', () => {
    expect(RELEASES.bypass?.(stage(base))).toMatch(/keeps no spec/);
  });

  it('is left out where the newest release is the one that the plan excepts', () => {
    keep(base, ['1.9.0', '1.10.0', '1.2.0']);

    const excepting = stage(base, {disable_for_version: '1.10.0'});

    expect(RELEASES.bypass?.(excepting)).toMatch(/1\.10\.0/);
  });

  it('is made where an older release is excepted', () => {
    keep(base, ['1.9.0', '1.10.0']);

    expect(
      RELEASES.bypass?.(stage(base, {disable_for_version: '1.9.0'})),
    ).toBeUndefined();
  });

  it('is made with the release that the plan names', async () => {
    keep(base, ['1.0.0', '2.0.0']);

    const findings = await RELEASES.run(
      stage(base, {previous_connector_version: '1.0.0'}),
    );

    expect(findings.map(({message}) => message)).toEqual([
      'since 1.0.0: the field since_1.0.0 is gone',
    ]);
  });
});

/** Keeps releases that have one field each, which no other has. */
function keep(base: string, versions: readonly string[]): void {
  for (const version of versions) {
    const folder = path.join(base, 'compat', version);
    mkdirSync(folder, {recursive: true});
    writeFileSync(
      path.join(folder, 'spec.json'),
      JSON.stringify({type: 'object', properties: {[`since_${version}`]: {}}}),
    );
  }
}

/** The stage of a connector that says nothing. */
function stage(base: string, compatibility: object = {}): Stage {
  const test = {backward_compatibility_tests_config: compatibility};
  const airbyte = airbyteConfigSchema.parse({
    connector_image: 'any',
    acceptance_tests: {spec: {tests: [test]}},
  });
  const stdoutFile = path.join(base, 'stdout.jsonl');
  writeFileSync(stdoutFile, '');
  return new Stage(
    {base, airbyte, own: ownConfigSchema.parse({compat_path: 'compat'})},
    {
      name: 'any',
      run: () =>
        Promise.resolve({command: 'spec', exit: 0, seconds: 0, stdoutFile} as Outcome),
    },
  );
}
