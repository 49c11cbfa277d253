import {elementTypes} from './element-types';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';

const DATABASE = {
  id: 'd',
  webId: 'I1RD',
  name: 'Plant',
  server: {id: 's', webId: 'I1RS', name: 'AFSRV', connected: true},
};

describe('elementTypes', () => {
  it('tells the type of each element', async () => {
    const typeOf = await elementTypes(piHttpOver(scripted()), DATABASE);

    expect(['n1', 'n2', 'f1', 'x'].map(typeOf)).toEqual([
      'Node',
      'Node',
      'Flow',
      'None',
    ]);
  });

  it('tells none where the server does not filter by them', async () => {
    const http = new ScriptedHttp(() => jsonAnswer({Errors: ['No such filter.']}, 400));

    const typeOf = await elementTypes(piHttpOver(http), DATABASE);

    expect(typeOf('x')).toBeUndefined();
  });

  it('tells none rather than keep more ids than it may', async () => {
    const typeOf = await elementTypes(piHttpOver(scripted()), DATABASE, 2);

    expect(typeOf('n1')).toBeUndefined();
  });
});

function scripted(): ScriptedHttp {
  const ids: Record<string, readonly string[]> = {Node: ['n1', 'n2'], Flow: ['f1']};
  return new ScriptedHttp(({path}) => {
    const type = new URLSearchParams(path.split('?')[1]).get('elementType') ?? '';
    return jsonAnswer({Items: (ids[type] ?? []).map((Id) => ({Id}))});
  });
}
