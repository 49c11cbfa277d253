import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';

import type {HttpRequest} from './http';

/** What a request carries. */
export interface RequestBody {
  readonly headers: Readonly<Record<string, string>>;
  /** Made anew for every try: a stream can be read once only. Undefined: no body. */
  readonly data: (() => unknown) | undefined;
}

/** The body of a request; rejects where its file cannot be read. */
export async function requestBody(request: HttpRequest): Promise<RequestBody> {
  const {json, form, file} = request;
  if (file !== undefined) return await fileBody(file);
  if (json !== undefined) return textBody('application/json', JSON.stringify(json));
  if (form === undefined) return {headers: {}, data: undefined};
  const members = new URLSearchParams(form).toString();
  return textBody('application/x-www-form-urlencoded', members);
}

async function fileBody(file: string): Promise<RequestBody> {
  const {size} = await stat(file);
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(size),
  };
  return {headers, data: () => createReadStream(file)};
}

function textBody(type: string, text: string): RequestBody {
  return {headers: {'Content-Type': type}, data: () => text};
}
