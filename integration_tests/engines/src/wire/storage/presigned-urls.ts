import {randomUUID} from 'node:crypto';

export type StorageVerb = 'PUT' | 'GET' | 'DELETE';

interface Grant {
  readonly verb: StorageVerb;
  readonly file: string;
}

/** Addresses that let whoever holds them do one thing with one file. */
export class PresignedUrls {
  private readonly grants = new Map<string, Grant>();

  private baseUrl = '';

  /** Where the server that honours the addresses listens: `https://host:port`. */
  serveAt(baseUrl: string): void {
    this.baseUrl = baseUrl;
  }

  sign(verb: StorageVerb, file: string): string {
    const key = randomUUID();
    this.grants.set(key, {verb, file});
    return `${this.baseUrl}${PRESIGNED_PATH}${key}?signature=${randomUUID()}`;
  }

  /** The file that a request may touch; none if it was signed for another use. */
  fileFor(verb: string, urlPath: string): string | undefined {
    const grant = this.grants.get(urlPath.slice(PRESIGNED_PATH.length));
    return grant?.verb === verb ? grant.file : undefined;
  }
}

export const PRESIGNED_PATH = '/presigned/';
