import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

import {type Simulator, startSimulator, truthRecords} from 'pi-simulator';

import {configuredCatalog, discover} from './demo/src/catalog';
import {executable} from './demo/src/executables';

type Row = Readonly<Record<string, unknown>>;
type StreamName = 'event_frames' | 'af_elements';

const START = '2026-03-01T06:00:00Z';
const NOW = '2026-03-02T06:00:00Z';
const PUMP = String.raw`\\AFSRV01\Production\Alder\Process\U1\Pump 2`;
const AREA = String.raw`\\AFSRV01\Production\Alder\Utilities`;
/** Shows the pump too, by reference. */
const UNIT = `${AREA}\\U2`;

describe('event_frames of a living plant', () => {
  it('are what PI holds after every sync, whatever is done to them between', async () => {
    await using plant = await begin({frameLife: true});
    const deleted = new Set<unknown>();

    for (const hours of [0, 8, 24, 48]) {
      plant.simulator.advanceClock(after(hours));
      await plant.sync();

      const {alive, gone} = plant.frames();
      expect(alive).toEqual(plant.truth('event_frames'));
      for (const id of gone) deleted.add(id);
    }

    expect(deleted.size).toBeGreaterThan(0);
  });

  it('show what is done to one by hand', async () => {
    await using plant = await begin();
    const {simulator} = plant;
    const change: Simulator['change'] = (one) => simulator.change(one);
    const open = (name: string): string =>
      String(
        change({
          ...{action: 'open_frame', name, template: 'Alarm', elements: [PUMP]},
          severity: 'Minor',
        }).event_frame_id,
      );
    const [kept, remade, dropped] = ['Kept', 'Remade', 'Dropped'].map(open);
    simulator.advanceClock(after(1));
    await plant.sync();
    const asOpen = plant.row(kept);
    change({action: 'close_frame', frame: kept!});
    change({action: 'acknowledge_frame', frame: kept!, by: 'PLANT\\me'});
    change({action: 'annotate_frame', frame: kept!, value: 'why'});
    change({action: 'set_frame_severity', frame: kept!, severity: 'Critical'});
    const {recreated} = change({action: 'recalculate_frame', frame: remade!});
    change({action: 'delete_frame', frame: dropped!});
    simulator.advanceClock(after(2));

    await plant.sync();

    expect(asOpen).toMatchObject({is_open: true, severity: 'Minor', is_deleted: false});
    expect(plant.row(kept)).toMatchObject({
      is_open: false,
      severity: 'Critical',
      acknowledged_by: 'PLANT\\me',
      annotations: [expect.objectContaining({value: 'why'})],
    });
    const [{new_event_frame_id: anew}] = recreated as [{new_event_frame_id: string}];
    for (const id of [remade, dropped]) {
      expect(plant.row(id)).toEqual({
        event_frame_id: id,
        start_time: expect.stringContaining('2026-03-02T06:00:00'),
        is_deleted: true,
        deleted_detected_at: '2026-03-02T08:00:00.0000000Z',
      });
    }
    expect(plant.row(anew)).toMatchObject({event_name: 'Remade', is_deleted: false});
    expect(plant.frames().alive).toEqual(plant.truth('event_frames'));
  });

  it('are those of the chosen templates alone', async () => {
    const event_frames = {templates: ['alarm'], lookback_hours: 96};
    await using plant = await begin({}, {event_frames});

    await plant.sync();

    const told = plant.truth('event_frames');
    const alarms = told.filter(({template_name: name}) => name === 'Alarm');
    expect(alarms.length).toBeGreaterThan(0);
    expect(plant.frames().alive).toEqual(alarms);
  });
});

describe('af_elements of a living plant', () => {
  it('are what PI holds after every sync, wherever they are moved', async () => {
    await using plant = await begin();
    const change: Simulator['change'] = (one) => plant.simulator.change(one);
    const at = (element_path: string): Row | undefined =>
      plant.rows('af_elements').find((row) => row['element_path'] === element_path);
    await plant.sync();
    expect(plant.elements()).toEqual(plant.truth('af_elements'));
    const [area, unit] = [AREA, UNIT].map((one) => at(one)?.['element_id']);
    const renamed = PUMP.replace('Pump 2', 'Pump two');

    change({action: 'rename_element', element: PUMP, name: 'Pump two'});
    change({action: 'add_element', parent: AREA, name: 'Ölpumpe #1 & 100 %'});
    change({action: 'add_reference', element: renamed, parent: AREA});
    await plant.sync();
    expect(plant.elements()).toEqual(plant.truth('af_elements'));
    expect(at(renamed)).toMatchObject({
      paths: [renamed, `${AREA}\\Pump two`, `${UNIT}\\Pump two`],
      reference_parent_ids: [area, unit],
    });

    change({action: 'remove_element', element: `${AREA}\\Ölpumpe #1 & 100 %`});
    change({action: 'remove_reference', element: renamed, parent: AREA});
    change({action: 'move_element', element: renamed, parent: AREA});
    await plant.sync();
    expect(plant.elements()).toEqual(plant.truth('af_elements'));
    expect(at(`${AREA}\\Pump two`)).toMatchObject({
      parent_id: area,
      paths: [`${AREA}\\Pump two`, `${UNIT}\\Pump two`],
      reference_parent_ids: [unit],
    });
  });
});

interface LivingPlant extends AsyncDisposable {
  readonly simulator: Simulator;
  /** One whole sync by the program; rows and states are kept. */
  sync(): Promise<void>;
  /** Rows of the latest sync. */
  rows(stream: StreamName): readonly Row[];
  /** The newest row of a frame over all syncs. */
  row(id: string | undefined): Row | undefined;
  /** Newest rows over all syncs in the fields of the truth; ids of those deleted. */
  frames(): {readonly alive: readonly Row[]; readonly gone: readonly unknown[]};
  elements(): readonly Row[];
  /** What PI holds now. */
  truth(stream: StreamName): readonly Row[];
}

async function begin(
  options: Parameters<typeof startSimulator>[0] = {},
  settings: object = {event_frames: {lookback_hours: 96}},
): Promise<LivingPlant> {
  const simulator = await startSimulator({
    ...{now: NOW, historyStart: START, points: 12, maxReturnedItems: 200},
    ...options,
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'asset-framework-'));
  const program = new SourceProgram(folder, configOf(simulator, settings));
  const newest = new Map<unknown, Row>();
  const ofTruth = (stream: StreamName): readonly Row[] => [
    ...truthRecords(simulator, stream, {from: START, to: simulator.now()}),
  ];
  const alike = (stream: StreamName, rows: readonly Row[]): readonly Row[] => {
    const fields = new Set(ofTruth(stream).flatMap(Object.keys));
    return sorted(rows.map((row) => only(fields, row)));
  };
  return {
    simulator,
    sync: async () => {
      await program.sync();
      for (const row of program.rows('event_frames'))
        newest.set(row['event_frame_id'], row);
    },
    rows: (stream) => program.rows(stream),
    row: (id) => newest.get(id),
    frames: () => {
      const all = [...newest.values()];
      return {
        alive: alike(
          'event_frames',
          all.filter(({is_deleted: gone}) => gone === false),
        ),
        gone: all.flatMap((row) =>
          row['is_deleted'] === true ? [row['event_frame_id']] : [],
        ),
      };
    },
    elements: () => alike('af_elements', program.rows('af_elements')),
    truth: (stream) => sorted(ofTruth(stream)),
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

function configOf(simulator: Simulator, settings: object): object {
  const {url: base_url, username, password} = simulator;
  const credentials = {auth_type: 'basic', username, password};
  return {base_url, credentials, start_date: START, settle_seconds: 0, ...settings};
}

/** `source-pi read` of both streams, each time with the states of the time before. */
class SourceProgram {
  readonly #catalog: string;
  #states: readonly unknown[] = [];
  #rows: ReadonlyMap<string, readonly Row[]> = new Map();

  constructor(
    private readonly folder: string,
    config: object,
  ) {
    const streams = discover(folder, config).filter(({name}) => NAMES.includes(name));
    this.#catalog = this.#write('catalog', configuredCatalog(streams, 1));
  }

  rows(stream: StreamName): readonly Row[] {
    return this.#rows.get(stream) ?? [];
  }

  async sync(): Promise<void> {
    const config = path.join(this.folder, 'source-config.json');
    const state = this.#write('state', this.#states);
    const documents = ['--config', config, '--catalog', this.#catalog];
    const {stdout} = await promisify(execFile)(
      process.execPath,
      [executable('source-pi'), 'read', ...documents, '--state', state],
      {encoding: 'utf8', maxBuffer: 1 << 28},
    );
    const messages = stdout.split('\n').filter((line) => line !== '');
    this.#take(messages.map((line) => JSON.parse(line) as Message));
  }

  #take(messages: readonly Message[]): void {
    const rows = new Map<string, Row[]>(NAMES.map((name) => [name, []]));
    const states = new Map<string, unknown>();
    for (const {record, state} of messages) {
      if (record !== undefined) rows.get(record.stream)?.push(record.data);
      const name = state?.stream.stream_descriptor.name;
      if (name === 'event_frames') states.set(name, {type: 'STREAM', ...state});
    }
    this.#rows = rows;
    this.#states = [...states.values()];
  }

  #write(name: string, content: unknown): string {
    const file = path.join(this.folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  }
}

interface Message {
  readonly record?: {readonly stream: string; readonly data: Row};
  readonly state?: {
    readonly stream: {readonly stream_descriptor: {readonly name: string}};
  };
}

const NAMES: readonly string[] = ['event_frames', 'af_elements'];

function after(hours: number): string {
  return new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
}

function only(fields: ReadonlySet<string>, row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => fields.has(name)));
}

/** By key: what is alike stands at the same place. */
function sorted(rows: readonly Row[]): readonly Row[] {
  const keyOf = (row: Row): string =>
    String(row['event_frame_id'] ?? row['element_id']);
  return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
