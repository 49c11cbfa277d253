import type {About} from 'airbyte-cdk-ts';

import {configSchema, type UnityConfig} from './config';
import {packageVersion} from './version';

const DOCUMENTATION =
  'https://github.com/airbyte-pi-unity/airbyte-pi-unity/blob/main/spec/destination-unity/docs.md';

/** What is said of the destination without loading it. */
export const about = {
  name: 'destination-unity',
  version: packageVersion(),
  documentationUrl: DOCUMENTATION,
  changelogUrl: `${DOCUMENTATION}#changelog`,
  configSchema,
} as const satisfies About<UnityConfig>;
