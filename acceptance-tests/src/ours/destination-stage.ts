import {chmodSync, mkdirSync, rmSync, symlinkSync} from 'node:fs';
import path from 'node:path';

import {committed, PROGRAMS} from '../program';
import {stageFolder, write, type OurStage} from './stage-folder';

/** Compiled: it is started as a program of its own. */
const DELTA_ROWS = path.join(__dirname, '../../lib/ours/delta-rows.js');

/** destination-unity on a lake in a folder, whose tables `delta-rows` reads. */
export function destinationStage(): Promise<OurStage> {
  const folder = stageFolder('destination-unity');
  const lake = path.join(folder, 'lake');
  mkdirSync(lake);
  // An image writes as another user.
  chmodSync(folder, 0o755);
  chmodSync(lake, 0o777);
  symlinkSync(DELTA_ROWS, path.join(folder, 'delta-rows.js'));
  write(folder, secrets(lake));
  return Promise.resolve({
    plan: path.join(folder, 'acceptance-test-config.yml'),
    program: PROGRAMS.destination,
    mounts: [lake],
    [Symbol.asyncDispose]: () => {
      rmSync(folder, {recursive: true, force: true});
      return Promise.resolve();
    },
  });
}

function secrets(lake: string): Record<string, unknown> {
  const config = {
    catalog: 'main',
    schema: 'plant',
    engine: {type: 'local', path: lake},
  };
  const register = {
    url: 'http://127.0.0.1:9',
    token: 'Sup3r-geheim/42+token',
    catalog: 'unity',
  };
  return {
    'secrets/config.json': config,
    // Loads so small that a sync of a few megabytes has several.
    'secrets/small_loads.json': {...config, flush: {megabytes: 1, seconds: 1}},
    'secrets/no_folder.json': {
      ...config,
      engine: {type: 'local', path: '/proc/no-folder', register},
    },
    'secrets/senseless.json': {...config, engine: {type: 'paper', path: lake}},
    'secrets/no_config.json': [],
    'secrets/spec.json': committed('destination-unity/connection-specification.json'),
  };
}
