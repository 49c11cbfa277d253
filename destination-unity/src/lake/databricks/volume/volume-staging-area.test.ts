import {ScriptedWarehouse, type Answers} from '../scripted-warehouse.stand-in';
import type {FileCarrier} from './file-carrier';
import {stagedName} from './staged-names';
import {VolumeStagingArea} from './volume-staging-area';

const VOLUME = {catalog: 'main', schema: 'pi', volume: 'staging'};
const RUN = {startedMs: Date.UTC(2026, 2, 10), id: '0a1b2c3d'};
const DEAD = {startedMs: Date.UTC(2026, 2, 1), id: 'ffffffff'};

describe('VolumeStagingArea', () => {
  it('makes the volume where it is missing', async () => {
    const {staging, warehouse} = areaOn({LIST: {refused: 'VOLUME_NOT_FOUND'}});

    const prepared = staging.prepare();

    await expect(prepared).rejects.toThrow(/VOLUME_NOT_FOUND/);
    expect(warehouse.asked).toEqual([
      "LIST '/Volumes/main/pi/staging/'",
      'CREATE VOLUME IF NOT EXISTS `main`.`pi`.`staging`',
      "LIST '/Volumes/main/pi/staging/'",
    ]);
  });

  it('makes no volume where it may only not look', async () => {
    const {staging, warehouse} = areaOn({LIST: {refused: 'INSUFFICIENT_PERMISSIONS'}});

    await expect(staging.prepare()).rejects.toMatchObject({
      failureType: 'config_error',
    });
    expect(warehouse.asked).toHaveLength(1);
  });

  it('removes what dead runs left, and nothing else', async () => {
    const left = stagedName(DEAD, 't', 1);
    const names = [left, stagedName(RUN, 't', 1), 'prices.parquet'];
    const rows = names.map((name) => ({
      name,
      path: `/v/${name}`,
      modification_time: 0,
    }));
    const {staging, carried, said} = areaOn({LIST: rows});

    await staging.prepare();

    expect(carried).toEqual([`remove /v/${left}`]);
    expect(said).toEqual([
      '1 files that earlier runs left on the staging volume are removed.',
    ]);
  });

  it('tells a file of one table from one of another, and gives no name twice', async () => {
    const {staging} = areaOn({});

    const paths = await Promise.all(
      ['a', 'a', 'b'].map((table) => staging.stage('/nowhere/at/all', table)),
    );

    expect(new Set(paths).size).toBe(3);
    expect(paths[0]?.slice(0, -9)).toBe(paths[1]?.slice(0, -9));
    expect(paths[0]?.slice(0, -9)).not.toBe(paths[2]?.slice(0, -9));
  });

  it('uploads four files at once, and never more', async () => {
    let [running, most] = [0, 0];
    const {staging} = areaOn({}, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });

    await Promise.all(Array.from({length: 20}, () => staging.stage('/nowhere', 't')));

    expect(most).toBe(4);
  });
});

interface Area {
  readonly staging: VolumeStagingArea;
  readonly warehouse: ScriptedWarehouse;
  readonly carried: readonly string[];
  readonly said: readonly string[];
}

/** A staging area on a scripted warehouse; files are carried nowhere. */
function areaOn(answers: Answers, upload?: () => Promise<void>): Area {
  const carried: string[] = [];
  const said: string[] = [];
  const say = (message: string): void => void said.push(message);
  const log = {error: say, warn: say, info: say, debug: () => undefined};
  const carry = (what: string): Promise<void> => {
    carried.push(what);
    return Promise.resolve();
  };
  const carrier: FileCarrier = {
    upload: upload ?? ((_file, path) => carry(`upload ${path}`)),
    remove: (path) => carry(`remove ${path}`),
  };
  const warehouse = new ScriptedWarehouse(answers);
  const nowMs = (): number => RUN.startedMs;
  const options = {volume: VOLUME, run: RUN, warehouse, carrier, log, nowMs};
  return {staging: new VolumeStagingArea(options), warehouse, carried, said};
}
