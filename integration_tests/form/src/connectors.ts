import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');

/** The connectors whose forms are previewed. */
export const CONNECTORS = ['source-pi', 'destination-unity'] as const;
export type Connector = (typeof CONNECTORS)[number];

/** Where the pages and what the suite leaves of them stand. */
export const FORM_FOLDER = path.join(ROOT, '.suites', 'form');

/** What the connector's `spec` says under `connectionSpecification`. */
export function specificationOf(connector: Connector): unknown {
  const file = path.join(ROOT, 'spec', connector, 'connection-specification.json');
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
