import path from 'node:path';

import type {Log} from 'airbyte-cdk-ts';

import {openHttp} from '../../../http/open-http';
import {fixedToken} from '../../../http/fixed-token';
import type {Http, Pace} from '../../../http/http';
import {CatalogClient} from './catalog-client';
import {RegisteringLake, type FolderLake} from './registering-lake';
import {Registration} from './registration';
import {tryRegistration} from './trial-registration';

/** Where a local lake shows its tables. */
export interface RegistrationSettings {
  /** Address of the catalog server; with or without the path of its interface. */
  readonly url: string;
  readonly token?: string | undefined;
  /** An existing catalog of the server. */
  readonly catalog: string;
  /** Where `check` tries: the schema of streams without a namespace. */
  readonly schema: string;
  /** The lake's folder as readers reach it, where that is another path than here. */
  readonly folder?: string | undefined;
  /** PEM text of the authorities that are trusted besides the public ones. */
  readonly caCertificate?: string | undefined;
  readonly proxyUrl?: string | undefined;
}

export interface RegistrationSurroundings {
  readonly log: Log;
  readonly pace: Pace;
  readonly newId: () => string;
}

/** For what is tried again later anyway. */
const HASTY = {patienceMs: 3_000, silenceMs: 10_000};
/** A catalog server that is restarted is back by then. */
const PATIENT = {patienceMs: 120_000, silenceMs: 60_000};

/** What is pasted from a browser or from the documentation behind the address. */
const AFTER_ADDRESS = /\/+(api(\/.*)?)?$/;

/** The address of the server alone, whether or not the path of its interface follows. */
export function serverAddress(url: string): string {
  return url.replace(AFTER_ADDRESS, '');
}

/**
 * The lake with its tables shown in a Unity Catalog server. Nothing is asked before a
 * table is.
 * @param root The lake's folder.
 */
export function registeringLake(
  {lake, root}: {readonly lake: FolderLake; readonly root: string},
  settings: RegistrationSettings,
  {log, pace, newId}: RegistrationSurroundings,
): RegisteringLake {
  const {catalog, schema, caCertificate, proxyUrl} = settings;
  const baseUrl = serverAddress(settings.url);
  const way = {baseUrl, caCertificate, proxyUrl};
  const bearer = settings.token === undefined ? undefined : fixedToken(settings.token);
  const [hasty, patient] = [HASTY, PATIENT].map((times) =>
    openHttp({...way, bearer, pace, userAgent: USER_AGENT, ...times}),
  ) as [Http, Http];
  const client = (http: Http): CatalogClient =>
    new CatalogClient(http, new URL(baseUrl).host, catalog);
  const shown = path.resolve(settings.folder ?? root);
  const {nowMs: now} = pace;
  return new RegisteringLake(lake, {
    registration: new Registration({
      hasty: client(hasty),
      patient: client(patient),
      log,
    }),
    catalog,
    shownFolder: (folder) => path.join(shown, path.relative(root, folder)),
    tryOut: () => tryRegistration(client(patient), {folder: shown, schema, now, newId}),
    close: () => {
      hasty.close();
      patient.close();
    },
  });
}

const USER_AGENT = 'airbyte-pi-unity/destination-unity';
