import fs from 'node:fs';

import {NO_RESULT, stagingAnswer, textAnswer, type Answer} from '../answers/answer';
import {SqlError} from '../answers/sql-error';
import type {Storage} from '../storage/storage';
import type {VolumeName} from '../storage/volumes';
import {
  dottedName,
  meaningful,
  syntaxError,
  textValue,
  tokenize,
  wordsAt,
  type Token,
} from './tokens';

/** Where names without a catalog or schema belong. */
export interface Namespace {
  readonly catalog: string;
  readonly schema: string;
}

interface Statement {
  readonly tokens: readonly Token[];
  readonly namespace: Namespace;
  readonly storage: Storage;
}

/**
 * Answers the statements about volumes and the files on them: `PUT`, `GET`, `REMOVE`,
 * `LIST`, and `CREATE`, `DROP`, `SHOW` and `DESCRIBE` of volumes. Undefined for every
 * other.
 */
export function answerVolumeStatement(
  sql: string,
  namespace: Namespace,
  storage: Storage,
): Answer | undefined {
  const statement: Statement = {tokens: meaningful(tokenize(sql)), namespace, storage};
  return formOf(statement.tokens)?.answer(statement);
}

/** True for the statements that `answerVolumeStatement` answers. */
export function isVolumeStatement(sql: string): boolean {
  return formOf(meaningful(tokenize(sql))) !== undefined;
}

function formOf(tokens: readonly Token[]): Form | undefined {
  return FORMS.find(({words}) => wordsAt(tokens, 0, ...words));
}

interface Form {
  readonly words: readonly string[];
  readonly answer: (statement: Statement) => Answer;
}

const FORMS: readonly Form[] = [
  {words: ['PUT'], answer: put},
  {words: ['GET'], answer: get},
  {words: ['REMOVE'], answer: remove},
  {words: ['LIST'], answer: list},
  {words: ['CREATE', 'VOLUME'], answer: createVolume},
  {words: ['DROP', 'VOLUME'], answer: dropVolume},
  {words: ['SHOW', 'VOLUMES'], answer: showVolumes},
  {words: ['DESCRIBE', 'VOLUME'], answer: describeVolume},
];

/** `PUT 'local' INTO '/Volumes/..' [OVERWRITE]` */
function put({tokens, storage}: Statement): Answer {
  const localFile = textValue(tokens[1]);
  if (!wordsAt(tokens, 2, 'INTO')) throw syntaxError(tokens[2]);
  const volumePath = textValue(tokens[3]);
  const file = storage.volumes.locate(volumePath);
  if (fs.existsSync(file) && !wordsAt(tokens, 4, 'OVERWRITE'))
    throw new SqlError(
      'FILE_IN_STAGING_PATH_ALREADY_EXISTS',
      `File in staging path ${volumePath} already exists but OVERWRITE is not set.`,
      '42K03',
    );
  return stagingAnswer({
    operation: 'PUT',
    localFile,
    presignedUrl: storage.urls.sign('PUT', file),
    headers: {'x-ms-blob-type': 'BlockBlob'},
  });
}

/** `GET '/Volumes/..' TO 'local'` */
function get({tokens, storage}: Statement): Answer {
  const file = storage.volumes.locate(textValue(tokens[1]));
  if (!wordsAt(tokens, 2, 'TO')) throw syntaxError(tokens[2]);
  return stagingAnswer({
    operation: 'GET',
    localFile: textValue(tokens[3]),
    presignedUrl: storage.urls.sign('GET', file),
  });
}

/** `REMOVE '/Volumes/..'`: a file that is gone already is no error. */
function remove({tokens, storage}: Statement): Answer {
  const file = storage.volumes.locate(textValue(tokens[1]));
  return stagingAnswer({
    operation: 'REMOVE',
    presignedUrl: storage.urls.sign('DELETE', file),
  });
}

/** `LIST '/Volumes/..'` */
function list({tokens, storage}: Statement): Answer {
  const files = storage.volumes.list(textValue(tokens[1]));
  return {
    columns: [
      {name: 'path', type: 'string'},
      {name: 'name', type: 'string'},
      {name: 'size', type: 'bigint'},
      {name: 'modification_time', type: 'bigint'},
    ],
    rows: files.map(({path, name, size, modifiedMs}) => [path, name, size, modifiedMs]),
  };
}

/** `CREATE VOLUME [IF NOT EXISTS] name [COMMENT '..']` */
function createVolume({tokens, namespace, storage}: Statement): Answer {
  const ifNotExists = wordsAt(tokens, 2, 'IF', 'NOT', 'EXISTS');
  const {parts, end} = dottedName(tokens, ifNotExists ? 5 : 2);
  const isWhole = tokens[end] === undefined || wordsAt(tokens, end, 'COMMENT');
  if (!isWhole) throw syntaxError(tokens[end]);
  storage.volumes.create(volumeName(parts, namespace), ifNotExists);
  return NO_RESULT;
}

/** `DROP VOLUME [IF EXISTS] name` */
function dropVolume({tokens, namespace, storage}: Statement): Answer {
  const ifExists = wordsAt(tokens, 2, 'IF', 'EXISTS');
  const {parts} = dottedName(tokens, ifExists ? 4 : 2);
  storage.volumes.drop(volumeName(parts, namespace), ifExists);
  return NO_RESULT;
}

/** `SHOW VOLUMES [IN schema]` */
function showVolumes({tokens, namespace, storage}: Statement): Answer {
  const {parts} = tokens[2] === undefined ? {parts: []} : dottedName(tokens, 3);
  const {catalog, schema} = namespace;
  const [inCatalog, inSchema] =
    parts.length === 2 ? parts : [catalog, parts[0] ?? schema];
  const names = storage.volumes.names(inCatalog ?? catalog, inSchema ?? schema);
  return textAnswer(
    ['database', 'volume_name'],
    names.map((name) => [inSchema ?? schema, name]),
  );
}

/** `DESCRIBE VOLUME name` */
function describeVolume({tokens, namespace, storage}: Statement): Answer {
  const [catalog, schema, volume] = volumeName(dottedName(tokens, 2).parts, namespace);
  const location = storage.volumes.locate(`/Volumes/${catalog}/${schema}/${volume}`);
  return textAnswer(
    ['name', 'catalog', 'database', 'storageLocation', 'volumeType'],
    [[volume, catalog, schema, `file:${location}`, 'MANAGED']],
  );
}

function volumeName(
  parts: readonly string[],
  {catalog, schema}: Namespace,
): VolumeName {
  const [volume = '', inSchema = schema, inCatalog = catalog] = parts.toReversed();
  return [inCatalog, inSchema, volume];
}
