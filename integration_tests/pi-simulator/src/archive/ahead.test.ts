import {UsageError} from '../plant/usage-error';
import {buildScene} from '../scene';
import {withSimulator} from '../test-client';
import {truthRecords} from '../truth/records';

const NOW = '2026-03-02T06:00:00Z';

describe('what lies ahead of now', () => {
  it('row 25: is held by future points alone, whose end lies in the future', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const ends = (await client.points()).map(async (point) => {
        const {body} = await client.get(
          point.Links.RecordedData.replace('recorded', 'end'),
        );
        return {isAhead: body.Timestamp > NOW, isFuture: point.Future};
      });

      const seen = await Promise.all(ends);

      expect(seen.filter(({isFuture}) => isFuture)).toHaveLength(3);
      expect(seen.filter(({isAhead, isFuture}) => isAhead !== isFuture)).toEqual([]);
    });
  });

  it('row 25: reaches ten minutes at most where sources run fast', () => {
    const options = {now: NOW, historyDays: 1};
    const ahead = (clockSkewMs: number): number[] => {
      const scene = buildScene({...options, clockSkewMs});
      const future = scene.plant.dataServers
        .flatMap((server) => server.points)
        .filter((point) => point.future);
      const window = {from: NOW, to: '2027-01-01'};
      return [...truthRecords(scene, 'timeseries', window)]
        .filter(({tag_name: name}) => !future.some((point) => point.name === name))
        .map((record) => Date.parse(String(record['timestamp'])) - Date.parse(NOW));
    };

    expect(ahead(0)).toEqual([]);
    expect(Math.max(...ahead(600_000))).toBeGreaterThan(500_000);
    expect(Math.max(...ahead(600_000))).toBeLessThanOrEqual(600_000);
    expect(() => buildScene({...options, clockSkewMs: 600_001})).toThrow(UsageError);
  });
});
