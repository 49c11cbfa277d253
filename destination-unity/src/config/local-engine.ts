import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {caCertificate, proxyUrl} from './network-way';

const register = z
  .object({
    url: z
      .string()
      .regex(
        /^https?:\/\/[^\s/]+[^\s]*$/,
        'Expected a URL such as http://localhost:8080.',
      )
      .meta(
        hints({
          title: 'Address of the catalog server',
          description: 'Where the REST interface of Unity Catalog is reached.',
          patternDescriptor: 'http://host:port or https://host',
          examples: ['http://localhost:8080'],
          order: 0,
        }),
      ),
    token: z
      .string()
      .regex(/^\S+$/, 'Expected a token without blanks or line ends.')
      .optional()
      .meta(
        hints({
          title: 'Access token',
          description:
            'Token that the catalog server takes. Left empty for a server without sign-in.',
          patternDescriptor: 'text without blanks',
          secret: true,
          order: 1,
        }),
      ),
    catalog: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Catalog of the server',
          description:
            'An existing catalog in which the tables are registered. Schemas are made in it as they are needed.',
          examples: ['unity'],
          order: 2,
        }),
      ),
    folder: z
      .string()
      .regex(/^\//, 'Expected the path of a folder from the root on.')
      .optional()
      .meta(
        hints({
          title: 'Folder as readers reach it',
          description:
            'The folder of the lake by the path it has for those who read the tables, where a container or a mount gives it another one here. Left empty: the same path.',
          patternDescriptor: '/path/of/the/folder',
          examples: ['/srv/airbyte/lake'],
          order: 3,
        }),
      ),
    ca_certificate: caCertificate(4),
    proxy_url: proxyUrl(5),
  })
  .optional()
  .meta(
    hints({
      title: 'Registration in Unity Catalog',
      description:
        'Shows the tables in a Unity Catalog server as external Delta tables, with their columns and comments.',
      order: 1,
    }),
  );

/** Delta tables in a folder: what the engine `local` is set to. */
export const localEngine = z
  .object({
    type: z.literal('local'),
    path: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Folder',
          description:
            'Folder of the lake. Tables stand at folder/catalog/schema/table. In a container it must be a mounted volume, or the tables end with the container.',
          examples: ['/local/lake', './lake'],
          order: 0,
        }),
      ),
    register,
  })
  .meta(
    hints({
      title: 'Delta tables in a folder',
      description:
        'Needs no account; Spark, DuckDB and Databricks can read the tables.',
    }),
  );

/** Where the tables are shown, as the user says it. */
export type Registration = NonNullable<z.infer<typeof register>>;
