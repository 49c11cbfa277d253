import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {clientCertificate} from './config-client-certificate';
import {certificateProblem} from './transport/pem';

const certificates = z
  .string()
  .optional()
  .superRefine((text, context) => {
    const problem = text === undefined ? undefined : certificateProblem(text);
    if (problem !== undefined) context.addIssue({code: 'custom', message: problem});
  });

const proxy = z
  .object({
    url: z
      .string()
      .regex(
        /^https?:\/\/[^\s/?#@]+\/?$/,
        'Expected an address such as http://proxy.example.com:3128, without a user and a password: these have fields of their own.',
      )
      .refine((text) => URL.canParse(text), 'There is no such address.')
      .optional()
      .meta(
        hints({
          title: 'Proxy address',
          description:
            'Proxy on the way to PI Web API. Left empty: the environment variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY count.',
          patternDescriptor: 'http://host:port',
          examples: ['http://proxy.example.com:3128'],
          order: 0,
        }),
      ),
    username: z
      .string()
      .optional()
      .meta(
        hints({
          title: 'Proxy user',
          description: 'Where the proxy asks for one.',
          order: 1,
        }),
      ),
    password: z
      .string()
      .optional()
      .meta(
        hints({
          title: 'Proxy password',
          description: 'Password of this user.',
          secret: true,
          order: 2,
        }),
      ),
    exceptions: z
      .array(z.string().min(1))
      .default([])
      .meta(
        hints({
          title: 'Not by the proxy',
          description:
            'Hosts that are reached directly: names (with all that ends in them), endings that begin with a dot, addresses, networks such as 10.0.0.0/8, any of them with :port, or *.',
          examples: ['sso.example.com', '.plant.example'],
          order: 3,
        }),
      ),
  })
  .superRefine(({url, username, password}, context) => {
    const given = {url, username, password};
    for (const [field, needs] of NEEDED_BESIDE) {
      if (given[field] === undefined || given[needs] !== undefined) continue;
      const message = `Without ${NAMES_OF_FIELDS[needs]} this has no effect.`;
      context.addIssue({code: 'custom', path: [field], message});
    }
  })
  .prefault({})
  .meta(
    hints({title: 'Proxy', description: 'A proxy on the way to PI Web API.', order: 7}),
  );

/** A proxy password alone would be dropped without a word, and so would a user. */
const NEEDED_BESIDE = [
  ['username', 'url'],
  ['password', 'username'],
] as const;
const NAMES_OF_FIELDS = {url: 'the proxy address', username: 'the proxy user'};

/** Certificates, proxies and time-outs. */
export const network = z
  .object({
    ca_certificate: certificates.meta(
      hints({
        title: 'CA certificate',
        description:
          'Certificates (PEM) of the authorities that signed the certificate of PI Web API, or that certificate itself. They are trusted besides the public authorities.',
        multiline: true,
        order: 0,
      }),
    ),
    request_timeout_seconds: z
      .int()
      .min(5)
      .max(600)
      .default(60)
      .meta(
        hints({
          title: 'Request time-out (seconds)',
          description: 'How long PI Web API may stay silent after a request.',
          order: 1,
        }),
      ),
    connect_timeout_seconds: z
      .int()
      .min(1)
      .max(120)
      .default(30)
      .meta(
        hints({
          title: 'Connect time-out (seconds)',
          description: 'How long it may take to reach PI Web API.',
          order: 2,
        }),
      ),
    server_name: z
      .string()
      .regex(/^[A-Za-z0-9.-]+$/, 'Expected the name of a host.')
      .optional()
      .meta(
        hints({
          title: 'Name in the certificate',
          description:
            'The name that the certificate of PI Web API is made out to, where the address has another one, such as an alias or an IP address.',
          patternDescriptor: 'host name',
          examples: ['pi.example.com'],
          order: 3,
        }),
      ),
    min_tls_version: z
      .enum(['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'])
      .default('TLSv1.2')
      .meta(
        hints({
          title: 'Oldest TLS version',
          description:
            'Versions below 1.2 are insecure and for servers that cannot be brought up to date; every sync warns of them.',
          order: 4,
        }),
      ),
    client_certificate: clientCertificate,
    proxy,
  })
  .prefault({})
  .meta(
    hints({
      title: 'Network',
      description: 'Certificates, proxies and time-outs.',
      order: 2,
      group: 'connection',
    }),
  );
