import type {IncomingMessage} from 'node:http';

import {receiveUpload} from '../storage/file-store';
import {readIfThere, removeIfThere} from '../storage/files';
import type {Storage} from '../storage/storage';
import type {HttpReply} from './exchange';
import type {Prepared} from './prepared';

/** Cloud storage as a client with a presigned URL meets it: no sign-in, XML on errors. */
export async function presignedRoute(
  request: IncomingMessage,
  urlPath: string,
  storage: Storage,
): Promise<Prepared> {
  const verb = request.method ?? '';
  const file = storage.urls.fileFor(verb, urlPath);
  const upload = await receiveUpload(request, storage.uploadsFolder);
  return {
    exchange: {kind: 'presigned', verb, ...(file === undefined ? {} : {file})},
    act: async () => {
      if (file === undefined) return xmlError(403, 'AuthenticationFailed');
      if (verb === 'GET') return fetchFile(file);
      if (verb === 'DELETE') return removeFile(file);
      await upload.keep(file);
      return {status: 201};
    },
    dispose: () => upload.drop(),
  };
}

async function fetchFile(file: string): Promise<HttpReply> {
  const body = await readIfThere(file);
  return body === undefined ? xmlError(404, 'BlobNotFound') : {status: 200, body};
}

async function removeFile(file: string): Promise<HttpReply> {
  return (await removeIfThere(file)) ? {status: 202} : xmlError(404, 'BlobNotFound');
}

function xmlError(status: number, code: string): HttpReply {
  return {
    status,
    headers: {'content-type': 'application/xml'},
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`,
  };
}
