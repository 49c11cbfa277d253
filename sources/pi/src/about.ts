import type {About} from 'airbyte-cdk-ts';

import {configSchema, type PiConfig} from './config';
import {packageVersion} from './version';

const DOCUMENTATION =
  'https://github.com/airbyte-pi-unity/airbyte-pi-unity/blob/main/spec/source-pi/docs.md';

/** What is said of the source without loading it. */
export const about = {
  name: 'source-pi',
  version: packageVersion(),
  documentationUrl: DOCUMENTATION,
  changelogUrl: `${DOCUMENTATION}#changelog`,
  configSchema,
} as const satisfies About<PiConfig>;
