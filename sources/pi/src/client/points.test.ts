import fc from 'fast-check';

import {listPoints} from './points';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';

const SERVER = {
  id: '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3',
  webId: 'I1DSUk8afGA9jkuaJ1HgxNi28w',
  name: 'PIA',
  connected: true,
  version: undefined,
  time: undefined,
};

describe('listPoints', () => {
  it('finds every point that stays, though others come and go between pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({min: 0, max: 60}),
        fc.array(fc.nat(60), {maxLength: 3}),
        fc.integer({min: 2, max: 9}),
        async (count, deletions, pageSize) => {
          let ids = Array.from({length: count}, (_, index) => index + 1);
          const pending = [...deletions];
          const http = new ScriptedHttp(({path}) => {
            const {searchParams: query} = new URL(`https://pi.test/${path}`);
            const start = Number(query.get('startIndex'));
            const page = ids.slice(start, start + Number(query.get('maxCount')));
            const place = pending.shift();
            if (place !== undefined) ids = ids.filter((_, index) => index !== place);
            return jsonAnswer({Items: page.map(item)});
          });

          const found = new Set<number>();
          for await (const points of listPoints(
            piHttpOver(http),
            {server: SERVER},
            pageSize,
          )) {
            for (const {pointId} of points) found.add(pointId);
          }

          expect(ids.every((id) => found.has(id))).toBe(true);
        },
      ),
      {numRuns: 200, seed: 1},
    );
  });

  it('knows a point by the ids of server and point', async () => {
    const http = new ScriptedHttp(() =>
      jsonAnswer({Items: [{...item(4711), EngineeringUnits: '', Future: true}]}),
    );

    for await (const points of listPoints(piHttpOver(http), {server: SERVER})) {
      expect(points).toEqual([
        {
          serverId: SERVER.id,
          pointId: 4711,
          webId: 'I1DPUk8afGA9jkuaJ1HgxNi28wZxIAAA',
          name: 'T4711',
          pointType: 'Float32',
          units: undefined,
          future: true,
        },
      ]);
    }
    expect.hasAssertions();
  });
});

function item(id: number): Record<string, unknown> {
  return {Id: id, Name: `T${id}`, PointType: 'Float32'};
}
