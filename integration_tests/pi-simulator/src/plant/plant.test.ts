import {buildScene} from '../scene';
import {truthRecords} from '../truth/records';

const scene = buildScene({now: '2026-03-02T06:00:00Z'});
const points = scene.plant.dataServers.flatMap((server) => server.points);
const databases = scene.plant.assets.server.databases;
const ALL = {from: '2020-01-01', to: '2030-01-01'};

describe('default plant', () => {
  it('has 96 sensors of every quantity and all nine point types', () => {
    expect(points).toHaveLength(96);
    expect(new Set(points.map((point) => point.type))).toEqual(
      new Set([
        ...['Int16', 'Int32', 'Float16', 'Float32', 'Float64'],
        ...['Digital', 'String', 'Timestamp', 'Blob'],
      ]),
    );
    const attributes = points.map((point) => point.mounting?.attribute);
    for (const quantity of [
      ...['Temperature', 'Pressure', 'Flow', 'Level', 'Power', 'Vibration'],
      ...['Status', 'Batch ID'],
    ]) {
      expect(attributes).toContain(quantity);
    }
  });

  it('spreads its points over two archives that number them alike', () => {
    const [first, second] = scene.plant.dataServers;

    expect(first!.points).toHaveLength(64);
    expect(second!.points).toHaveLength(32);
    expect(second!.points.map((point) => point.id)).toEqual(
      first!.points.slice(0, 32).map((point) => point.id),
    );
  });

  it('has more than 60 elements, four levels deep, in two databases', () => {
    const elements = databases.flatMap((database) => database.elements);

    expect(databases).toHaveLength(2);
    expect(elements.length).toBeGreaterThanOrEqual(60);
    expect(Math.max(...elements.map((element) => element.depth))).toBe(3);
    expect(elements.flatMap((element) => element.points)).toHaveLength(96);
  });

  it('has event frames that are open, nested and acknowledged', () => {
    const frames = [...truthRecords(scene, 'event_frames', ALL)];

    expect(frames.length).toBeGreaterThanOrEqual(50);
    expect(frames.filter((frame) => frame['is_open'] === true).length).toBeGreaterThan(
      3,
    );
    expect(frames.some((frame) => frame['parent_event_frame_id'] !== undefined)).toBe(
      true,
    );
    expect(frames.some((frame) => frame['is_acknowledged'] === true)).toBe(true);
    expect(new Set(frames.map((frame) => frame['template_name']))).toEqual(
      new Set(['Batch', 'Phase', 'Downtime', 'Alarm']),
    );
    expect(new Set(frames.map((frame) => frame['event_frame_id'])).size).toBe(
      frames.length,
    );
  });
});

describe('large plant', () => {
  it('holds 100,000 points and their equipment', () => {
    const large = buildScene({now: '2026-03-02T06:00:00Z', points: 100_000});
    const [first, second] = large.plant.dataServers;

    expect(first!.points.length + second!.points.length).toBe(100_000);
    expect(new Set(first!.points.map((point) => point.name)).size).toBe(
      first!.points.length,
    );
  });
});
