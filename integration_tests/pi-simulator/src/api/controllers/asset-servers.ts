import {type Answer} from '../answer';
import {notFound} from '../api-error';
import {byWebId, subjectOf} from '../kind';
import {
  assetServerKind,
  assetServerMembers,
  databaseMembers,
} from '../kinds/asset-server-kind';
import {listAnswer, objectAnswer} from '../paging';
import {bare} from '../resolve';
import {type Call, type Route} from '../route';
function assetServers(call: Call): Answer {
  const {server} = call.world.plant.assets;
  const name = call.query.text('name') ?? call.query.text('path');
  if (name === undefined) {
    return listAnswer(call, {members: assetServerMembers, subjects: [server]});
  }
  const found = assetServerKind.findByPath(call.world, bare(name));
  if (found === undefined) throw notFound(`Asset server not found '${name}'.`);
  return objectAnswer(call, assetServerMembers, found);
}

export const assetServerRoutes: readonly Route[] = [
  {
    operation: 'GET /assetservers',
    parameters: ['name', 'path'],
    answers: 'Items[AssetServer]',
    handle: assetServers,
  },
  {
    operation: 'GET /assetservers/{webId}',
    parameters: [],
    answers: 'AssetServer',
    handle: byWebId(assetServerKind),
  },
  {
    operation: 'GET /assetservers/{webId}/assetdatabases',
    parameters: [],
    answers: 'Items[AssetDatabase]',
    handle: (call) =>
      listAnswer(call, {
        members: databaseMembers,
        subjects: subjectOf(assetServerKind, call).databases,
      }),
  },
];
