import {X509Certificate} from 'node:crypto';

import {z} from 'zod';

import {fromEpochMs, piTimestamp, type PiTimestamp} from './sync/pi-timestamp';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

const basic = z
  .object({
    auth_type: z.literal('basic'),
    username: z.string().min(1).meta({
      title: 'User name',
      description: 'Account that may read PI, for example DOMAIN\\svc_airbyte.',
      order: 1,
    }),
    password: z.string().min(1).meta({
      title: 'Password',
      description: 'Password of the account.',
      airbyte_secret: true,
      order: 2,
    }),
  })
  .meta({title: 'User name and password (Basic)'});

const bearer = z
  .object({
    auth_type: z.literal('bearer'),
    token: z.string().min(1).meta({
      title: 'Access token',
      description:
        'Token issued for PI Web API. It must stay valid for the whole sync.',
      airbyte_secret: true,
      order: 1,
    }),
  })
  .meta({title: 'Access token (Bearer)'});

const credentials = z.discriminatedUnion('auth_type', [basic, bearer]).meta({
  title: 'Sign-in',
  description: 'How the connector proves to PI Web API who it is.',
  display_type: 'dropdown',
  order: 1,
  group: 'connection',
});

const names = (title: string, description: string, order: number) =>
  z.array(z.string().min(1)).default([]).meta({title, description, order});

const selection = z
  .object({
    data_servers: names(
      'Data servers',
      'Names of the PI Data Archives to read. Empty: all that PI Web API shows.',
      0,
    ),
    points: names(
      'Points',
      'Names of points; * stands for any text, ? for one character, upper and lower case are the same. Empty: all points the account may read.',
      1,
    ),
    exclude: names('Excluded points', 'Name patterns of points to leave out.', 2),
    asset_databases: names(
      'Asset databases',
      'Names of the AF databases for elements and event frames. Empty: all that the account may see.',
      3,
    ),
  })
  .prefault({})
  .meta({
    title: 'Selection',
    description: 'What to read. Left alone, everything the account may see is read.',
    order: 2,
    group: 'selection',
  });

const INSTANT =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,7})?Z$';

const instant = z
  .string()
  .regex(new RegExp(INSTANT), 'Expected a UTC time such as 2026-01-01T00:00:00Z.')
  .refine((text) => piTimestamp(text) !== undefined, 'There is no such day or time.');

const instantForm = {
  format: 'date-time',
  pattern_descriptor: 'YYYY-MM-DDTHH:mm:ssZ',
  group: 'selection',
};

const load = z
  .object({
    max_concurrency: z.int().min(1).max(16).default(4).meta({
      title: 'Requests at once',
      description:
        'Never more requests than these are under way. The connector goes lower by itself while PI is busy.',
      order: 0,
    }),
    max_requests_per_second: z.number().min(0.1).max(1000).default(50).meta({
      title: 'Requests per second',
      description:
        'All connectors behind one address share the limit of PI Web API, which is 1000 per second unless changed.',
      order: 1,
    }),
    max_values_per_response: z.int().min(1000).max(150_000).default(50_000).meta({
      title: 'Values per response',
      description: 'Target size of an answer, in archived values.',
      order: 2,
    }),
  })
  .prefault({})
  .meta({
    title: 'Load on PI',
    description: 'Upper bounds that protect the PI System.',
    order: 7,
    group: 'load',
  });

const network = z
  .object({
    ca_certificate: z
      .string()
      .optional()
      .superRefine((text, context) => {
        const problem = text === undefined ? undefined : certificateProblem(text);
        if (problem !== undefined) context.addIssue({code: 'custom', message: problem});
      })
      .meta({
        title: 'CA certificate',
        description:
          'Certificates (PEM) of the authorities that signed the certificate of PI Web API, or that certificate itself. They are trusted besides the public authorities.',
        multiline: true,
        order: 0,
      }),
    request_timeout_seconds: z.int().min(5).max(600).default(60).meta({
      title: 'Request time-out (seconds)',
      description: 'How long PI Web API may stay silent after a request.',
      order: 1,
    }),
    connect_timeout_seconds: z.int().min(1).max(120).default(30).meta({
      title: 'Connect time-out (seconds)',
      description: 'How long it may take to reach PI Web API.',
      order: 2,
    }),
  })
  .prefault({})
  .meta({
    title: 'Network',
    description: 'Certificates and time-outs.',
    order: 8,
    group: 'network',
  });

/** The settings of the source, and with their hints the form that Airbyte shows. */
export const configSchema = z
  .object({
    base_url: z
      .string()
      .regex(
        /^https?:\/\/[^\s?#]+$/,
        'Expected an address such as https://pi.example.com/piwebapi.',
      )
      .meta({
        title: 'PI Web API address',
        description:
          'Base URL of PI Web API, normally ending in /piwebapi. A slash at the end makes no difference; nothing else is added or taken away.',
        pattern_descriptor: 'https://host/piwebapi',
        examples: ['https://pi.example.com/piwebapi'],
        order: 0,
        group: 'connection',
      }),
    credentials,
    selection,
    start_date: instant.meta({
      ...instantForm,
      title: 'Start date',
      description: 'History before this instant (UTC) is not read.',
      examples: ['2026-01-01T00:00:00Z'],
      order: 3,
    }),
    end_date: instant.optional().meta({
      ...instantForm,
      title: 'End date',
      description:
        'Events from this instant on (UTC) are not read. Empty: read up to now.',
      examples: ['2026-02-01T00:00:00Z'],
      order: 4,
    }),
    settle_seconds: z.int().min(0).max(86_400).default(60).meta({
      title: 'Settle time (seconds)',
      description:
        'The newest part of the archive is left for the next sync: interfaces deliver with delay, and the newest value may still be compressed away.',
      order: 5,
      group: 'selection',
    }),
    lookback_minutes: z.int().min(0).max(525_600).default(0).meta({
      title: 'Lookback (minutes)',
      description:
        'How far behind the end of the last sync to read again, for events that reach the archive late. Needs a destination that deduplicates by key.',
      order: 6,
      group: 'selection',
    }),
    load,
    network,
  })
  .meta({
    title: 'AVEVA PI',
    groups: [
      {id: 'connection', title: 'Connection'},
      {id: 'selection', title: 'What to read'},
      {id: 'load', title: 'Load'},
      {id: 'network', title: 'Network'},
    ],
  });

export type PiConfig = z.output<typeof configSchema>;

/** `https://host/piwebapi`, whether or not the user ended it with slashes. */
export function baseUrlOf({base_url}: PiConfig): string {
  return base_url.replace(/\/+$/, '');
}

/** The blocks of the CA field, each a certificate that was looked at. */
export function caCertificatesOf({
  network: {ca_certificate},
}: PiConfig): readonly string[] {
  return pemBlocks(ca_certificate ?? '');
}

/** What of the points is wanted. */
export interface PointSelection {
  readonly dataServers: readonly string[];
  readonly points: readonly string[];
  readonly exclude: readonly string[];
}

export function pointRulesOf({selection: rules}: PiConfig): PointSelection {
  return {
    dataServers: rules.data_servers,
    points: rules.points,
    exclude: rules.exclude,
  };
}

/** What of the history is wanted; times in PI's form, durations in milliseconds. */
export interface TimeRules {
  readonly start: PiTimestamp;
  readonly end: PiTimestamp | undefined;
  readonly settleMs: number;
  readonly lookbackMs: number;
}

export function timeRulesOf(config: PiConfig): TimeRules {
  return {
    start: piTimestamp(config.start_date) ?? fromEpochMs(0),
    end: config.end_date === undefined ? undefined : piTimestamp(config.end_date),
    settleMs: config.settle_seconds * SECONDS,
    lookbackMs: config.lookback_minutes * MINUTES,
  };
}

export interface TimeoutsMs {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
}

export function timeoutsOf({network: rules}: PiConfig): TimeoutsMs {
  return {
    connectTimeoutMs: rules.connect_timeout_seconds * SECONDS,
    readTimeoutMs: rules.request_timeout_seconds * SECONDS,
  };
}

/** Node ignores a certificate it cannot read, and the sync would fail later, unexplained. */
function certificateProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const blocks = pemBlocks(text);
  if (blocks.length === 0) {
    return 'Expected PEM text: -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----.';
  }
  const broken = blocks.findIndex((block) => !isCertificate(block));
  return broken < 0
    ? undefined
    : `Certificate ${broken + 1} cannot be read: it is cut or damaged.`;
}

function pemBlocks(text: string): string[] {
  const unescaped = text.replaceAll('\\n', '\n');
  return unescaped.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
