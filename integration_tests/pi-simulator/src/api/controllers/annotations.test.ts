import {truthRecords} from '../../truth/records';
import {withSimulator} from '../../test-client';

const ALL = {from: '2020-01-01', to: '2030-01-01'};

describe('annotations of event frames', () => {
  it('row 39: are served as they stand, and told of by IsAnnotated', async () => {
    await withSimulator({}, async (client) => {
      const [first] = [...truthRecords(client.simulator, 'event_frames', ALL)];
      const frame = String(first?.['event_frame_id']);
      const path = `/eventframes/${String(first?.['web_id'])}`;
      const before = (await client.get(path)).body;

      client.simulator.change({
        ...{action: 'annotate_frame', frame, value: 'why', name: 'Cause'},
        by: 'PLANT\\me',
      });

      const {body} = await client.get(path);
      const {Items} = (await client.get(`${path}/annotations`)).body;
      expect(before).toMatchObject({IsAnnotated: false});
      expect(body).toMatchObject({IsAnnotated: true});
      expect(Items).toMatchObject([
        {Name: 'Cause', Value: 'why', Creator: 'PLANT\\me', CreationDate: NOW},
      ]);
    });
  });
});

const NOW = '2026-03-02T06:00:00Z';
