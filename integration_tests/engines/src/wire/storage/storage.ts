import path from 'node:path';

import {PresignedUrls} from './presigned-urls';
import {Volumes} from './volumes';

/** The cloud storage of a warehouse: volumes, and addresses for single files. */
export class Storage {
  readonly volumes: Volumes;
  readonly urls = new PresignedUrls();
  /** Where bodies are received; beside the volumes, so that a file can be moved whole. */
  readonly uploadsFolder: string;

  constructor(root: string) {
    this.volumes = new Volumes(path.join(root, 'volumes'));
    this.uploadsFolder = path.join(root, 'uploads');
  }
}
