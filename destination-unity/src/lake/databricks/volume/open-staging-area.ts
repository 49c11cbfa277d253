import type {BearerTokens} from '../../../http/http';
import {openHttp} from '../../../http/open-http';
import {USER_AGENT} from '../connection/driver';
import {originOf} from '../connection/open-warehouse';
import type {ConnectionSurroundings} from '../connection/surroundings';
import type {StagingSettings, WarehouseAddress} from '../settings';
import type {VolumeName} from '../sql/volume-statements';
import type {Warehouse} from '../warehouse';
import {filesApiCarrier, sqlCarrier, type FileCarrier} from './file-carrier';
import type {StagingRun} from './staged-names';
import type {StagingArea} from './staging-area';
import {VolumeStagingArea} from './volume-staging-area';

export interface StagingAreaOptions {
  readonly address: WarehouseAddress;
  /** Its schema must be there; the volume is made where it is missing. */
  readonly volume: VolumeName;
  readonly upload: StagingSettings['upload'];
  readonly run: StagingRun;
  readonly warehouse: Warehouse;
  /** The same as the warehouse's: see `openTokens`. */
  readonly tokens: BearerTokens;
  readonly surroundings: ConnectionSurroundings;
}

const PATIENCE_MS = 600_000;

/** The staging area on a volume; nothing is asked of it before `prepare`. */
export function openStagingArea(options: StagingAreaOptions): StagingArea {
  const {log, nowMs} = options.surroundings;
  return new VolumeStagingArea({...options, carrier: carrierFor(options), log, nowMs});
}

function carrierFor(options: StagingAreaOptions): FileCarrier {
  const {address, upload, warehouse, tokens, surroundings} = options;
  if (upload === 'sql_put') return sqlCarrier(warehouse);
  const http = openHttp({
    baseUrl: originOf(address),
    bearer: tokens,
    caCertificate: address.caCertificate,
    proxyUrl: address.proxyUrl,
    userAgent: USER_AGENT,
    pace: surroundings,
    patienceMs: PATIENCE_MS,
  });
  return filesApiCarrier(http);
}
