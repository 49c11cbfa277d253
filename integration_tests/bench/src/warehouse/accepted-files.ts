import {join} from 'node:path';

/** Where the files stay that the loads named, whatever becomes of them on the volume. */
export function acceptedFolder(folder: string): string {
  return join(folder, 'accepted');
}
