import type {IncomingMessage} from 'node:http';

import {SqlError} from '../answers/sql-error';
import {receiveUpload, type Upload} from '../storage/file-store';
import {readIfThere, removeIfThere, statIfThere} from '../storage/files';
import type {Storage} from '../storage/storage';
import {restError, type HttpReply} from './exchange';
import type {Prepared} from './prepared';

export const FILES_API = '/api/2.0/fs/files';

interface FileRequest {
  readonly verb: string;
  readonly volumePath: string;
  readonly mayOverwrite: boolean;
  readonly upload: Upload;
  readonly storage: Storage;
}

/** The Files API: `PUT`, `GET`, `HEAD` and `DELETE` of one file by its path on a volume. */
export async function filesApiRoute(
  request: IncomingMessage,
  url: URL,
  storage: Storage,
): Promise<Prepared> {
  const verb = request.method ?? '';
  const volumePath = decodeURIComponent(url.pathname.slice(FILES_API.length));
  const upload = await receiveUpload(request, storage.uploadsFolder);
  const mayOverwrite = url.searchParams.get('overwrite') === 'true';
  return {
    exchange: {kind: 'files_api', verb, path: volumePath},
    act: () => reply({verb, volumePath, mayOverwrite, upload, storage}),
    dispose: () => upload.drop(),
  };
}

async function reply(request: FileRequest): Promise<HttpReply> {
  const {volumePath, storage} = request;
  try {
    return await onFile(storage.volumes.locate(volumePath), request);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return error.message.includes('[VOLUME_NOT_FOUND]')
      ? restError(404, 'NOT_FOUND', error.message)
      : restError(400, 'INVALID_PARAMETER_VALUE', error.message);
  }
}

async function onFile(file: string, request: FileRequest): Promise<HttpReply> {
  const {verb, volumePath} = request;
  switch (verb) {
    case 'PUT':
      return putFile(file, request);
    case 'GET': {
      const body = await readIfThere(file);
      return body === undefined ? notFound(volumePath) : {status: 200, body};
    }
    case 'HEAD':
      return headFile(file);
    case 'DELETE':
      return (await removeIfThere(file)) ? {status: 204} : notFound(volumePath);
    default:
      return restError(405, 'METHOD_NOT_ALLOWED', `${verb} is not allowed here.`);
  }
}

async function putFile(
  file: string,
  {upload, mayOverwrite}: FileRequest,
): Promise<HttpReply> {
  if (!mayOverwrite && (await statIfThere(file)) !== undefined)
    return restError(409, 'ALREADY_EXISTS', 'The file being created already exists.');
  await upload.keep(file);
  return {status: 204};
}

async function headFile(file: string): Promise<HttpReply> {
  const stat = await statIfThere(file);
  if (stat === undefined) return {status: 404};
  return {
    status: 200,
    headers: {
      'content-length': String(stat.size),
      'last-modified': stat.modified.toUTCString(),
    },
  };
}

function notFound(volumePath: string): HttpReply {
  return restError(
    404,
    'NOT_FOUND',
    `The file being accessed is not found: ${volumePath}`,
  );
}
