import {withSimulator} from '../test-client';

describe('the first event of a point', () => {
  it('row 17: is Pt Created, a system state that is not good', async () => {
    await withSimulator({historyDays: 1}, async (client) => {
      const first = (await client.points()).map(async (point) => {
        const {body} = await client.get(
          `${point.Links.RecordedData}?startTime=1990-01-01&maxCount=1`,
        );
        const [{Value, Good}] = body.Items;
        return JSON.stringify([Value, Good]);
      });

      const kinds = new Set(await Promise.all(first));

      const created = {Name: 'Pt Created', Value: 253, IsSystem: true};
      expect([...kinds]).toEqual([JSON.stringify([created, false])]);
    });
  });
});
