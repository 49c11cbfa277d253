import {z} from 'zod';

/** A config with which something goes wrong, and the command that meets it. */
const fault = z.strictObject({
  name: z.string(),
  config_path: z.string(),
  command: z.enum(['check', 'discover', 'read', 'write']).default('check'),
});

/**
 * The document `acceptance-test-own.yml` beside Airbyte's: what the checks need that
 * Airbyte's harness does not have. Paths are relative to its folder. A part left out
 * leaves out its check, which the report then says.
 */
export const ownConfigSchema = z.strictObject({
  kind: z.enum(['source', 'destination']).default('source'),
  /** metadata.yaml of the connector (S16, A2, A3, M1). */
  metadata_path: z.string().optional(),
  /** The user documentation (M1 to M4). */
  documentation_path: z.string().optional(),
  /** Links in the documentation that are not followed: all, or some; the reason (M3). */
  links: z
    .strictObject({
      bypass_reason: z.string().optional(),
      ignored: z
        .array(z.strictObject({prefix: z.string().min(1), bypass_reason: z.string()}))
        .default([]),
    })
    .optional(),
  /** A folder with one folder per released version (S15, D9, X8). */
  compat_path: z.string().optional(),
  /** Folders of this machine that the connector must reach under the same path. */
  mounts: z.array(z.string()).default([]),
  /** No secret may show in any of these (X2). */
  faults: z.array(fault).default([]),
  /** Killed at random places of its output, then resumed (X3). */
  kill: z
    .strictObject({
      config_path: z.string(),
      times: z.number().int().positive().default(3),
      seed: z.number().int().default(1),
      /** Records that a resumed read may repeat of what a state had covered. */
      repeated_records: z.number().int().nonnegative().default(0),
    })
    .optional(),
  /** A reader that stops reading, then goes away (X4). */
  blocked_reader: z
    .strictObject({
      config_path: z.string(),
      seconds: z.number().positive().default(30),
      max_rss_mb: z.number().positive().default(300),
      /** From the end of the reader to that of the connector. */
      exit_seconds: z.number().positive().default(5),
    })
    .optional(),
  /** One stream of several fails (X5). */
  broken_stream: z
    .strictObject({config_path: z.string(), broken: z.array(z.string()).min(1)})
    .optional(),
  /**
   * Streams that tell of the sync itself: what they bring depends on where it began, so
   * that a resumed read is judged without them (X3, X8, X10).
   */
  accounts_of_syncs: z.array(z.string()).default([]),
  /** Bounds of states (X6). */
  states: z
    .strictObject({
      max_bytes: z.number().positive().default(1_000_000),
      max_interval_seconds: z.number().positive().default(900),
    })
    .default({max_bytes: 1_000_000, max_interval_seconds: 900}),
  /** A server that answers "too many requests" for a while (X7). */
  rate_limited: z.strictObject({config_path: z.string()}).optional(),
  /**
   * States in all forms go to this config, and those below `compat_path` were kept with it
   * (X8). Without it, they go to the first config of the incremental tests.
   */
  state_forms: z.strictObject({config_path: z.string()}).optional(),
  /** The same input gives the same records, within a budget (X10). */
  determinism: z
    .strictObject({
      config_path: z.string(),
      ignored_fields: z.record(z.string(), z.array(z.string())).default({}),
      max_rss_mb: z.number().positive().default(300),
      min_records_per_second: z.number().nonnegative().default(0),
    })
    .optional(),
  /** What a destination stores (X3, X4, X11). */
  storage: z
    .strictObject({
      config_path: z.string(),
      /**
       * A command that prints the rows of a table as JSON lines; `{namespace}` and
       * `{stream}` in it are replaced. Its working folder is that of this file.
       */
      rows: z.array(z.string()).min(1),
      /** Size of the largest record that must be stored whole. */
      large_record_bytes: z.number().int().positive().default(16_000_000),
    })
    .optional(),
});

export type OwnConfig = z.infer<typeof ownConfigSchema>;
export type Kind = OwnConfig['kind'];
