import {type AssetDatabase, databasePath} from '../../plant/asset-model';
import {type Kind} from '../kind';
import {databaseMembers} from './asset-server-kind';

export const databaseKind: Kind<AssetDatabase> = {
  title: 'Asset database',
  marker: 'RD',
  members: databaseMembers,
  find: ({plant}, {guids}) => {
    const {server} = plant.assets;
    if (guids[0] !== server.guid) return undefined;
    return server.databases.find(({guid}) => guid === guids[1]);
  },
  findByPath: ({plant}, path) =>
    plant.assets.server.databases.find(
      (database) =>
        databasePath(database).slice(2).toUpperCase() === path.toUpperCase(),
    ),
};
