import type {IncrementalTest} from '../../config/airbyte-config';
import {accountOf, lastStates, type ReadAccount} from '../../reading/account';
import {canonical} from '../../reading/canonical';
import {Collection} from '../../reading/hashes';
import {recordIn} from '../../reading/records';
import type {Message, Outcome} from '../../run/outcome';
import {incrementally, type ConfiguredCatalog} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';

/** An incremental read, as far as the checks compare it with another. */
export interface IncrementalRead {
  readonly outcome: Outcome;
  readonly account: ReadAccount;
  /** The same for the same records, in whatever order. */
  readonly digest: string;
}

/** The streams that can be read incrementally, to be read so. */
export async function incrementalCatalog(
  stage: Stage,
  {config_path: config, configured_catalog_path: path}: IncrementalTest,
): Promise<ConfiguredCatalog> {
  if (path === undefined) return incrementally(await stage.streams(config));
  const {streams} = stage.document(path) as ConfiguredCatalog;
  return {
    streams: streams.filter(({stream}) =>
      stream.supported_sync_modes?.includes('incremental'),
    ),
  };
}

interface IncrementalRequest {
  readonly catalog: ConfiguredCatalog;
  /** What is handed to `--state`; undefined: the option is left out. */
  readonly state?: readonly unknown[];
}

/** Reads, and goes once over what was read. */
export async function readIncrementally(
  stage: Stage,
  {config_path: configPath, timeout_seconds: timeoutSeconds}: IncrementalTest,
  {catalog, state}: IncrementalRequest,
): Promise<IncrementalRead> {
  const outcome = await stage.read({
    ...{configPath, catalog, state},
    more: timeoutSeconds === undefined ? {} : {timeoutSeconds},
  });
  const records = new Collection();
  const account = await accountOf(outcome, (message) => {
    if (message['type'] !== 'RECORD') return;
    const {name, data} = recordIn(message);
    records.add(`${name} ${canonical(data)}`);
  });
  return {outcome, account, digest: records.digest};
}

/** What the platform would hand to the next read: the newest state of each kind. */
export function statesToHandBack(account: ReadAccount): readonly Message[] {
  const shared = account.otherStates.filter(({type}) => type === 'GLOBAL').slice(-1);
  return [...shared, ...lastStates(account)];
}
