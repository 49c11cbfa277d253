import * as path from 'node:path';

import {keptSpecification, type About} from 'airbyte-cdk-ts';

import {packageVersion} from './version';

const DOCUMENTATION =
  'https://github.com/airbyte-pi-unity/airbyte-pi-unity/blob/main/spec/source-pi/docs.md';

/** Derived from `configSchema`, which takes four times as long to load as to read this. */
const SPECIFICATION = path.join(
  __dirname,
  '../../../spec/source-pi/connection-specification.json',
);

/** What is said of the source without loading it. */
export const about = {
  name: 'source-pi',
  version: packageVersion(),
  documentationUrl: DOCUMENTATION,
  changelogUrl: `${DOCUMENTATION}#changelog`,
  connectionSpecification: () => keptSpecification(SPECIFICATION),
} as const satisfies About;
