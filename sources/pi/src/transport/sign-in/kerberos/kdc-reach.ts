import {resolveSrv} from 'node:dns/promises';
import {connect} from 'node:net';

import type {KerberosFailureId} from './kerberos-failures';
import type {RealmSettings} from './krb5-conf';

/** How far we get with the key distribution centres, where the library says only "no". */
export interface KdcReach {
  readonly id: KerberosFailureId;
  /** The one that we get furthest with. */
  readonly kdc: string;
}

export interface ReachOptions {
  readonly timeoutMs: number;
  /** Hosts of a realm by DNS; rejects where there are none. */
  readonly find?: (realm: string) => Promise<readonly string[]>;
}

const PORT = 88;
/** Furthest first. */
const STAGES = [
  'KERBEROS_KDC_SILENT',
  'KERBEROS_KDC_REFUSES',
  'KERBEROS_KDC_UNREACHABLE',
  'KERBEROS_KDC_UNKNOWN',
] as const;

type Stage = (typeof STAGES)[number];

/** Tries them all by TCP, side by side. Nothing is sent. */
export async function kdcReach(
  {realm, kdcs}: RealmSettings,
  {timeoutMs, find = findInDns}: ReachOptions,
): Promise<KdcReach> {
  const known = kdcs.length > 0 ? kdcs : await find(realm).catch(() => []);
  const reached = await Promise.all(
    known.map(async (kdc) => ({kdc, id: await stageOf(kdc, timeoutMs)})),
  );
  for (const stage of STAGES) {
    const furthest = reached.find(({id}) => id === stage);
    if (furthest !== undefined) return furthest;
  }
  return {id: 'KERBEROS_NO_KDC', kdc: ''};
}

async function findInDns(realm: string): Promise<readonly string[]> {
  const records = await resolveSrv(`_kerberos._tcp.${realm.toLowerCase()}`);
  return records.map(({name, port}) => `${name}:${port}`);
}

function stageOf(kdc: string, timeoutMs: number): Promise<Stage> {
  return new Promise((resolve) => {
    const socket = connect({...placeOf(kdc), timeout: timeoutMs});
    const end = (stage: Stage): void => {
      resolve(stage);
      // A late reset must not become an uncaught error.
      socket.on('error', () => undefined).destroy();
    };
    socket
      .once('connect', () => end('KERBEROS_KDC_SILENT'))
      .once('timeout', () => end('KERBEROS_KDC_UNREACHABLE'))
      .once('error', (fault: NodeJS.ErrnoException) => {
        end(STAGE_OF_CODE[fault.code ?? ''] ?? 'KERBEROS_KDC_UNREACHABLE');
      });
  });
}

const STAGE_OF_CODE: Readonly<Record<string, Stage>> = {
  ENOTFOUND: 'KERBEROS_KDC_UNKNOWN',
  ECONNREFUSED: 'KERBEROS_KDC_REFUSES',
};

/** `host`, `host:port` or `[address]:port`. */
function placeOf(kdc: string): {readonly host: string; readonly port: number} {
  const match = /^\[?(.*?)\]?(?::(\d+))?$/.exec(kdc);
  return {host: match?.[1] ?? kdc, port: Number(match?.[2] ?? PORT)};
}
