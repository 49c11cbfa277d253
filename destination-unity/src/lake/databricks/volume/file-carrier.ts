import type {Http} from '../../../http/http';
import {removeFile} from '../sql/volume-statements';
import type {Warehouse} from '../warehouse';

/** Brings files to a volume and takes them away. Both may be repeated. */
export interface FileCarrier {
  upload(localFile: string, volumePath: string): Promise<void>;
  remove(volumePath: string): Promise<void>;
}

/** By `PUT` and `REMOVE`: the bytes go straight to cloud storage. */
export function sqlCarrier(warehouse: Warehouse): FileCarrier {
  return {
    upload: (localFile, volumePath) => warehouse.put(localFile, volumePath),
    remove: async (volumePath) => {
      await warehouse.run(removeFile(volumePath));
    },
  };
}

const FILES_API = '/api/2.0/fs/files';

/** By the Files API: the bytes go through the workspace host, the only one reached. */
export function filesApiCarrier(http: Http): FileCarrier {
  return {
    upload: async (localFile, volumePath) => {
      const path = `${FILES_API}${encodedPath(volumePath)}?overwrite=true`;
      await http.send({method: 'PUT', path, file: localFile});
    },
    remove: async (volumePath) => {
      const path = `${FILES_API}${encodedPath(volumePath)}`;
      await http.send({method: 'DELETE', path, accept: [404]});
    },
  };
}

function encodedPath(volumePath: string): string {
  return volumePath.split('/').map(encodeURIComponent).join('/');
}
