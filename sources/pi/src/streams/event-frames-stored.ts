import type {JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {decodeWebId} from '../client/web-id';
import {piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import {byStart, type KnownFrame} from './event-frames-known';
import {packFrames, unpackFrames} from './event-frames-packing';
import type {FramesScope} from './event-frames-scope';
import {atRest, type DatabaseFrames, type FramesState} from './event-frames-state';
import {parseState} from './stored-state';

const VERSION = 2;

/** The state of `event_frames` as it travels. Equal states, equal text. */
export function encodeFramesState(state: FramesState): JsonObject {
  const databases = [...state]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, progress]) => [id, encodeDatabase(progress)] as const);
  return {version: VERSION, databases: Object.fromEntries(databases)};
}

function encodeDatabase(progress: DatabaseFrames): JsonObject {
  const {watermark, reached, heldBack, forgottenUntil, scope} = progress;
  const {packed, plain} = packFrames(progress.known);
  return {
    watermark,
    ...(reached === watermark ? {} : {reached}),
    ...(heldBack === undefined ? {} : {held_back: heldBack}),
    ...(forgottenUntil === undefined ? {} : {forgotten_until: forgottenUntil}),
    ...(scope === undefined ? {} : {scope: encodeScope(scope)}),
    frames: packed,
    ...(plain.length === 0 ? {} : {plain_frames: plain.map(encodePlain)}),
  };
}

function encodeScope({since, templates}: FramesScope): JsonObject {
  return {since, ...(templates === undefined ? {} : {templates: [...templates]})};
}

function encodePlain({id, webId, start, end}: KnownFrame): JsonObject {
  return {id, web_id: webId, start, ...(end === undefined ? {} : {end})};
}

/**
 * The state of an earlier sync, also of version 1, which knew open frames alone. Throws
 * a `ConfigError` that names the damaged part.
 */
export function decodeFramesState(stored: JsonObject | undefined): FramesState {
  if (stored === undefined) return new Map();
  const {databases} = parseState(stored, StoredState, 'event_frames');
  return new Map(Object.entries(databases));
}

const Instant = z.string().transform((text, context): PiTimestamp => {
  const instant = piTimestamp(text);
  if (instant !== undefined) return instant;
  context.addIssue({code: 'custom', message: 'Not a UTC instant.'});
  return z.NEVER;
});

/** Version 1: open frames as WebID and start. What else was delivered is not known. */
const DatabaseV1 = z
  .looseObject({
    watermark: Instant,
    held_back: Instant.optional(),
    open: z.array(z.tuple([z.string(), Instant])).default([]),
  })
  .transform(({watermark, held_back, open}) =>
    atRest({
      watermark,
      reached: watermark,
      known: open.map(([webId, start]) => openFrame(webId, start)).sort(byStart),
      heldBack: held_back,
      forgottenUntil: watermark,
      scope: undefined,
    }),
  );

function openFrame(webId: string, start: PiTimestamp): KnownFrame {
  return {id: decodeWebId(webId)?.id ?? webId, webId, start, end: undefined};
}

const PackedFrames = z
  .record(z.string(), z.string())
  .transform((groups, context): readonly KnownFrame[] =>
    Object.entries(groups).flatMap(([serverId, text]) => {
      const frames = unpackFrames(serverId, text);
      if (frames !== undefined) return frames;
      const message = 'The packed event frames are damaged.';
      context.addIssue({code: 'custom', message, path: [serverId]});
      return [];
    }),
  );

const PlainFrame = z
  .looseObject({
    id: z.string(),
    web_id: z.string(),
    start: Instant,
    end: Instant.optional(),
  })
  .transform(({id, web_id: webId, start, end}): KnownFrame => ({
    id,
    webId,
    start,
    end,
  }));

const DatabaseV2 = z
  .looseObject({
    watermark: Instant,
    reached: Instant.optional(),
    held_back: Instant.optional(),
    forgotten_until: Instant.optional(),
    scope: z
      .looseObject({since: Instant, templates: z.array(z.string()).optional()})
      .transform(({since, templates}): FramesScope => ({since, templates}))
      .optional(),
    frames: PackedFrames,
    plain_frames: z.array(PlainFrame).default([]),
  })
  .transform((stored) =>
    atRest({
      watermark: stored.watermark,
      reached: stored.reached ?? stored.watermark,
      known: [...stored.frames, ...stored.plain_frames],
      heldBack: stored.held_back,
      forgottenUntil: stored.forgotten_until,
      scope: stored.scope,
    }),
  );

const StoredState = z.discriminatedUnion('version', [
  z.looseObject({version: z.literal(1), databases: z.record(z.string(), DatabaseV1)}),
  z.looseObject({
    version: z.literal(VERSION),
    databases: z.record(z.string(), DatabaseV2),
  }),
]);
