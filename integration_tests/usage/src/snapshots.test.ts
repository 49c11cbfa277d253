import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';

import {ROOT, textOf} from './page';

describe.each(['source-pi', 'destination-unity'])('the versions kept of %s', (name) => {
  const kept = readdirSync(path.join(ROOT, `spec/${name}/compat`));

  it('are those of the changelog', () => {
    const told = [
      ...textOf(`spec/${name}/docs.md`).matchAll(/^\| (\d+\.\d+\.\d+) \|/gm),
    ];

    expect(kept.sort()).toEqual(told.map(([, version]) => version).sort());
  });

  it.each(kept)(
    'have the specification of %s, and what a source keeps between syncs',
    (version) => {
      const folder = `spec/${name}/compat/${version}`;
      const spec = JSON.parse(textOf(`${folder}/spec.json`)) as Record<string, unknown>;
      const states = path.join(ROOT, folder, 'states');
      const found = existsSync(states) ? readdirSync(states).map(streamOf) : [];

      expect(spec).toHaveProperty('connectionSpecification.properties');
      expect([...new Set(found)].sort()).toEqual(streamsOf(folder));
    },
  );
});

/** `timeseries.midway.json` is a state of timeseries. */
function streamOf(file: string): string {
  return file.split('.')[0] ?? '';
}

function streamsOf(folder: string): readonly string[] {
  const file = path.join(folder, 'catalog.json');
  if (!existsSync(path.join(ROOT, file))) return [];
  const {streams} = JSON.parse(textOf(file)) as {streams: readonly {name: string}[]};
  return streams.map(({name}) => name).sort();
}
