import type {Engine} from './engine';
import {LocalEngine, type LocalEngineOptions} from './local-engine';
import {WarehouseEngine, type WarehouseEngineOptions} from './warehouse-engine';

/** Which engine is judged and where it is: what the runner hands to every test file. */
type EngineSetting =
  ({readonly name: 'local'} & LocalEngineOptions) | WarehouseEngineOptions;

/** Variable of the environment that holds the setting as JSON. */
const SETTING = 'BEHAVIOURS_ENGINE';

/** Opens the engine that the runner set. */
export function openEngine(environment = process.env): Engine {
  const text = environment[SETTING];
  if (text === undefined) throw new Error(`${SETTING} is not set: use the runner.`);
  return engineOf(JSON.parse(text) as EngineSetting);
}

function engineOf(setting: EngineSetting): Engine {
  return setting.name === 'local'
    ? new LocalEngine(setting)
    : new WarehouseEngine(setting);
}
