import {hints, type FieldHints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {clientCertificateOf} from './config-client-certificate';
import {credentials} from './config-credentials';
import {network} from './config-network';
import {eventFrames, load, selection} from './config-sections';
import {fromEpochMs, piTimestamp, type PiTimestamp} from './sync/pi-timestamp';
import {isRevocationList, pemBlocks} from './transport/pem';
import type {ProxyRules} from './transport/proxy-rules';
import type {Trust} from './transport/trust';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

/** The pattern for which Airbyte's form shows a date picker. */
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;

const instant = z
  .string()
  .regex(INSTANT, 'Expected a UTC time such as 2026-01-01T00:00:00Z.')
  .refine((text) => piTimestamp(text) !== undefined, 'There is no such day or time.');

const instantHints = (own: FieldHints): Record<string, unknown> => ({
  format: 'date-time',
  ...hints({...own, patternDescriptor: 'YYYY-MM-DDTHH:mm:ssZ', group: 'selection'}),
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
      .meta(
        hints({
          title: 'PI Web API address',
          description:
            'Address at which PI Web API answers in a browser, normally ending in /piwebapi. A slash at the end makes no difference; nothing else is added or taken away.',
          patternDescriptor: 'https://host/piwebapi',
          examples: ['https://pi.example.com/piwebapi'],
          order: 0,
          group: 'connection',
        }),
      ),
    credentials,
    selection,
    start_date: instant.meta(
      instantHints({
        title: 'Start date',
        description:
          'History before this instant (UTC) is not read. Moving it back later loads what lies between.',
        examples: ['2026-01-01T00:00:00Z'],
        order: 0,
      }),
    ),
    end_date: instant.optional().meta(
      instantHints({
        title: 'End date',
        description:
          'Events from this instant on (UTC) are not read. Left empty: read up to now, with every sync.',
        examples: ['2026-02-01T00:00:00Z'],
        order: 1,
      }),
    ),
    settle_seconds: z
      .int()
      .min(0)
      .max(86_400)
      .default(60)
      .meta(
        hints({
          title: 'Settle time (seconds)',
          description:
            'How much of the newest archive is left for the next sync: interfaces deliver with delay, and the newest value may still be compressed away.',
          order: 0,
          group: 'lateness',
        }),
      ),
    lookback_minutes: z
      .int()
      .min(0)
      .max(525_600)
      .default(0)
      .meta(
        hints({
          title: 'Lookback (minutes)',
          description:
            'How far behind the end of the last sync to read again, for events that reach the archive late. Needs a destination that deduplicates by key.',
          order: 1,
          group: 'lateness',
        }),
      ),
    snapshot: z
      .enum(['include', 'hold_back'])
      .default('include')
      .meta(
        hints({
          title: 'Newest value of a point',
          description:
            'PI shows the newest value of a point before it has decided whether to archive it. "include": delivered at once, and it may later be missing in PI. "hold_back": delivered by the sync after PI has archived it; needs a destination that deduplicates by key.',
          order: 2,
          group: 'lateness',
        }),
      ),
    future_days: z
      .int()
      .min(0)
      .max(3650)
      .default(0)
      .meta(
        hints({
          title: 'Future data (days)',
          description:
            'How far beyond now to read points with future data, such as forecasts and schedules, anew with every sync. 0: a future value is read when its time has come. Needs a destination that deduplicates by key.',
          order: 3,
          group: 'lateness',
        }),
      ),
    event_frames: eventFrames,
    load_audit: z
      .enum(['off', 'sample', 'full'])
      .default('sample')
      .meta(
        hints({
          title: 'Audit of what was read',
          description:
            'Compares the number of events read with the number that PI itself counts; the stream load_audit shows the results. "off": not at all. "sample": for some points of every sync, others each time, and for every point whose gap was loaded. "full": for every point, at about one further request to PI per request for values.',
          order: 1,
          group: 'load',
        }),
      ),
    load,
    network,
  })
  .refine(({start_date, end_date}) => end_date === undefined || start_date < end_date, {
    path: ['end_date'],
    message: 'The end date must lie after the start date.',
  })
  .meta(
    hints({
      title: 'AVEVA PI',
      groups: [
        {id: 'connection', title: 'Connection'},
        {id: 'selection', title: 'What to read'},
        {id: 'lateness', title: 'Late, newest and future values'},
        {id: 'load', title: 'Load and audit'},
      ],
    }),
  );

export type PiConfig = z.output<typeof configSchema>;

/** `https://host/piwebapi`, whether or not the user ended it with slashes. */
export function baseUrlOf({base_url}: PiConfig): string {
  return base_url.replace(/\/+$/, '');
}

/** Whom to trust, and as whom to show ourselves; certificates were looked at. */
export function trustOf({network: rules}: PiConfig): Trust {
  const {ca_certificate, client_certificate, server_name, min_tls_version} = rules;
  const blocks = pemBlocks(ca_certificate ?? '');
  return {
    caCertificates: blocks.filter((block) => !isRevocationList(block)),
    revocationLists: blocks.filter(isRevocationList),
    serverName: server_name,
    minVersion: min_tls_version,
    clientCertificate: clientCertificateOf(client_certificate),
  };
}

/** The proxy that is set, and what goes past it. */
export function proxyRulesOf({network: rules}: PiConfig): ProxyRules {
  return rules.proxy;
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
  /** Of event frames; at least `lookbackMs`. */
  readonly frameLookbackMs: number;
  /** How far beyond now points with future data are read, each sync anew. */
  readonly futureMs: number;
}

export function timeRulesOf(config: PiConfig): TimeRules {
  const lookbackMs = config.lookback_minutes * MINUTES;
  const frameLookbackMs = config.event_frames.lookback_hours * 60 * MINUTES;
  return {
    start: piTimestamp(config.start_date) ?? fromEpochMs(0),
    end: config.end_date === undefined ? undefined : piTimestamp(config.end_date),
    settleMs: config.settle_seconds * SECONDS,
    lookbackMs,
    frameLookbackMs: Math.max(lookbackMs, frameLookbackMs),
    futureMs: config.future_days * 24 * 60 * MINUTES,
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
