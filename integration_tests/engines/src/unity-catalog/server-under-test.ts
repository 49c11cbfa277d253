import {CatalogReader} from './catalog-reader';
import {StandInCatalogServer} from './stand-in-server';

/** The server that the tests of registration talk to. */
export interface ServerUnderTest extends AsyncDisposable {
  readonly reader: CatalogReader;
  /** Undefined where the server is a real one. */
  readonly standIn: StandInCatalogServer | undefined;
}

export type ServerEnvironment = Readonly<Record<string, string | undefined>>;

/** A real server where the environment names one, else the stand-in. */
export async function serverUnderTest(
  environment: ServerEnvironment,
): Promise<ServerUnderTest> {
  const url = environment['REGISTRATION_SERVER_URL'];
  if (url === undefined) return await standInUnderTest();
  const token = environment['REGISTRATION_SERVER_TOKEN'];
  const catalog = environment['REGISTRATION_SERVER_CATALOG'] ?? 'unity';
  return {
    reader: new CatalogReader({url, token, catalog}),
    standIn: undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The stand-in, with sign-in and one catalog. */
export async function standInUnderTest(): Promise<
  ServerUnderTest & {readonly standIn: StandInCatalogServer}
> {
  const token = 'uc-token-of-the-tests';
  const catalog = 'unity';
  const standIn = await StandInCatalogServer.start({token, catalogs: [catalog]});
  return {
    reader: new CatalogReader({url: standIn.url, token, catalog}),
    standIn,
    [Symbol.asyncDispose]: () => standIn[Symbol.asyncDispose](),
  };
}
