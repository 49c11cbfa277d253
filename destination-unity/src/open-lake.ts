import type {DestinationContext} from 'airbyte-cdk-ts';

import type {UnityConfig} from './config';
import type {DatabricksEngine} from './config/databricks-engine';
import type {Registration} from './config/local-engine';
import type * as Databricks from './lake/databricks/open-databricks-lake';
import type {Authentication, DatabricksSettings} from './lake/databricks/settings';
import type {Lake} from './lake/lake';
import {openLocalLake} from './lake/local/local-lake';
import type {RegistrationSettings} from './lake/local/registration/open-registration';
import {lakeNames} from './lake-names';

/** The lake that a configuration describes. Nothing is touched before a table is. */
export function openLake(config: UnityConfig, context: DestinationContext): Lake {
  const {engine} = config;
  if (engine.type === 'local') {
    const {path, register} = engine;
    concealProxyPassword(register?.proxy_url, context);
    return openLocalLake({
      path,
      log: context.log,
      register: register && registrationSettings(config, register),
    });
  }
  concealProxyPassword(engine.proxy_url, context);
  /* eslint-disable @typescript-eslint/no-require-imports -- a folder needs none of it */
  const {openDatabricksLake} =
    require('./lake/databricks/open-databricks-lake') as typeof Databricks;
  /* eslint-enable @typescript-eslint/no-require-imports */
  return openDatabricksLake(databricksSettings(config, engine), {
    log: context.log,
    conceal: (secret) => context.conceal?.(secret),
  });
}

function registrationSettings(
  config: UnityConfig,
  {ca_certificate: caCertificate, proxy_url: proxyUrl, ...register}: Registration,
): RegistrationSettings {
  const {schema} = lakeNames(config);
  return {...register, caCertificate, proxyUrl, schema};
}

/** The settings of the engine `databricks`, its names as they are written. */
export function databricksSettings(
  config: UnityConfig,
  engine: DatabricksEngine,
): DatabricksSettings {
  return {
    address: {
      host: engine.host,
      port: engine.port,
      httpPath: engine.http_path,
      authentication: authenticationOf(engine),
      caCertificate: engine.ca_certificate,
      proxyUrl: engine.proxy_url,
    },
    ...lakeNames(config),
    staging: {
      volume: engine.staging.volume.toLowerCase(),
      upload: engine.staging.upload,
    },
    clustering:
      engine.cluster_by.mode === 'columns'
        ? {kind: 'columns', columns: engine.cluster_by.columns}
        : {kind: engine.cluster_by.mode},
    jsonType: engine.json_type,
    optimize: engine.optimize,
  };
}

function authenticationOf({authentication}: DatabricksEngine): Authentication {
  if (authentication.auth_type === 'personal_access_token') {
    return {kind: 'token', token: authentication.personal_access_token};
  }
  const {client_id: clientId, client_secret: clientSecret} = authentication;
  return {
    kind: 'service_principal',
    clientId,
    clientSecret,
    tokenUrl: authentication.token_url,
  };
}

/** The address as a whole is hidden anyway; its password could be said alone. */
function concealProxyPassword(
  proxyUrl: string | undefined,
  {conceal}: DestinationContext,
): void {
  if (proxyUrl === undefined) return;
  const {password} = new URL(proxyUrl);
  if (password !== '') conceal?.(decodeURIComponent(password));
}
