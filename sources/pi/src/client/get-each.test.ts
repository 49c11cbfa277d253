import {z} from 'zod';

import {getEach} from './get-each';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';

const Shape = z.looseObject({Id: z.string()});

describe('getEach', () => {
  it('keeps the order over many batches', async () => {
    const http = scripted(() => 200);

    const results = await getEach(piHttpOver(http), items(250), Shape);

    expect(results.map((one) => one.ok && one.content.Id)).toEqual(
      items(250).map(({path}) => path[1]),
    );
    expect(http.requests).toHaveLength(3);
  });

  it('sets aside what keeps failing, and gives all the others', async () => {
    const http = scripted((id) => (id === '7' ? 500 : id === '9' ? 404 : 200));

    const results = await getEach(piHttpOver(http), items(20), Shape);

    expect(results.filter(({ok}) => ok)).toHaveLength(18);
    expect([results[7], results[9]]).toMatchObject([
      {refusal: {status: 500, said: 'No.'}},
      {refusal: {status: 404}},
    ]);
  });

  it('rejects where so many fail that the server is at fault', async () => {
    const http = scripted((id) => (Number(id) < 8 ? 502 : 200));

    await expect(getEach(piHttpOver(http), items(20), Shape)).rejects.toMatchObject({
      failureType: 'transient_error',
    });
  });

  it('asks for nothing where nothing is wanted', async () => {
    const http = scripted(() => 200);

    await expect(getEach(piHttpOver(http), [], Shape)).resolves.toEqual([]);
    expect(http.requests).toHaveLength(0);
  });
});

function items(count: number): {path: string[]}[] {
  return Array.from({length: count}, (_, index) => ({path: ['frames', String(index)]}));
}

function scripted(statusOf: (id: string) => number): ScriptedHttp {
  const answer = (resource: string): {Status: number; Content: unknown} => {
    const id = resource.split('/').at(-1) ?? '';
    const status = statusOf(id);
    return {Status: status, Content: status === 200 ? {Id: id} : {Errors: ['No.']}};
  };
  return new ScriptedHttp(({path, body}) => {
    if (path !== 'batch') {
      const {Status, Content} = answer(path);
      return jsonAnswer(Content, Status);
    }
    const asked = JSON.parse(body ?? '{}') as Record<string, {Resource: string}>;
    const answers = Object.entries(asked).map(
      ([key, {Resource}]) => [key, answer(Resource)] as const,
    );
    return jsonAnswer(Object.fromEntries(answers), 207);
  });
}
