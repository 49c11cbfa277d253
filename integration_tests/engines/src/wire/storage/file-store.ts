import {randomUUID} from 'node:crypto';
import {createWriteStream} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';

/** A body received whole, not yet at its place. */
export interface Upload {
  /** Puts the file at its place at once, over what is there. */
  keep(file: string): Promise<void>;
  /** Forgets the body if it was not kept. */
  drop(): Promise<void>;
}

/**
 * Receives a body into a folder of its own, so that a file is at its place whole or not
 * at all, as in cloud storage. Rejects when the sender breaks off.
 */
export async function receiveUpload(body: Readable, folder: string): Promise<Upload> {
  await fs.mkdir(folder, {recursive: true});
  const received = path.join(folder, randomUUID());
  const drop = (): Promise<void> => fs.rm(received, {force: true});
  try {
    await pipeline(body, createWriteStream(received));
  } catch (error) {
    await drop();
    throw error;
  }
  return {
    drop,
    keep: async (file) => {
      await fs.mkdir(path.dirname(file), {recursive: true});
      await fs.rename(received, file);
    },
  };
}
