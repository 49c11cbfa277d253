import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {databricksAuthentication} from './databricks-authentication';
import {databricksTables} from './databricks-tables';
import {caCertificate, proxyUrl} from './network-way';

/** What people paste around a host name: the scheme before it, a path behind it. */
const AROUND_HOST = /^https?:\/\/|[/?#].*$/g;

const host = z
  .string()
  .trim()
  .regex(
    /^(https?:\/\/)?[A-Za-z0-9._-]+([/?#].*)?$/,
    'Expected the name of a host such as dbc-0123abcd-4567.cloud.databricks.com; the port has a setting of its own.',
  )
  .meta(
    hints({
      title: 'Server hostname',
      description:
        'Host of the workspace. In the workspace: SQL Warehouses, your warehouse, Connection details.',
      patternDescriptor: 'host.cloud.databricks.com, without a port',
      examples: [
        'dbc-0123abcd-4567.cloud.databricks.com',
        'adb-1234567890123456.7.azuredatabricks.net',
      ],
      order: 0,
    }),
  )
  // Behind the hints: the examples of a transformed text would be left out of the form.
  .transform((text) => text.replaceAll(AROUND_HOST, '').toLowerCase());

const httpPath = z
  .string()
  .trim()
  .regex(
    /^\/?[^\s/?#]+(\/[^\s/?#]+)*\/?$/,
    'Expected a path such as /sql/1.0/warehouses/0123456789abcdef.',
  )
  .meta(
    hints({
      title: 'HTTP path',
      description:
        'Path of the SQL warehouse, from the same place. A serverless warehouse starts within seconds.',
      patternDescriptor: '/sql/1.0/warehouses/id',
      examples: ['/sql/1.0/warehouses/0123456789abcdef'],
      order: 1,
    }),
  )
  .transform((text) => `/${text.replaceAll(/^\/|\/$/g, '')}`);

const staging = z
  .object({
    volume: z
      .string()
      .min(1)
      .default('_airbyte_staging')
      .meta(
        hints({
          title: 'Volume',
          description:
            'Volume in the default schema through which files reach the tables. Made where it is missing.',
          order: 0,
        }),
      ),
    upload: z
      .enum(['sql_put', 'files_api'])
      .default('sql_put')
      .meta(
        hints({
          title: 'Upload',
          description:
            'The way of the files. "sql_put": to the cloud storage behind the volume directly. "files_api": through the workspace host, for networks that reach no other.',
          order: 1,
        }),
      ),
  })
  .prefault({})
  .meta(
    hints({
      title: 'Staging',
      description: 'How files are handed to the warehouse.',
      order: 4,
    }),
  );

/** Tables of a Databricks workspace: what the engine `databricks` is set to. */
export const databricksEngine = z
  .object({
    type: z.literal('databricks'),
    host,
    http_path: httpPath,
    port: z
      .int()
      .min(1)
      .max(65535)
      .default(443)
      .meta(
        hints({
          title: 'Port',
          description: 'Port of the workspace, nearly always 443.',
          order: 2,
        }),
      ),
    authentication: databricksAuthentication,
    staging,
    ca_certificate: caCertificate(5),
    proxy_url: proxyUrl(6),
    ...databricksTables,
  })
  .meta(
    hints({
      title: 'Databricks',
      description: 'Managed tables in Unity Catalog, loaded by a SQL warehouse.',
    }),
  );

/** The settings of the engine with every default filled in. */
export type DatabricksEngine = z.infer<typeof databricksEngine>;
