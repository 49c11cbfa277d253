import {z} from 'zod';

/** Something left out, and why that is all right. */
const excused = z.strictObject({
  name: z.string(),
  bypass_reason: z.string().optional(),
});

/** A section: its tests, or the reason why it has none. */
const section = <T extends z.ZodType>(test: T) =>
  z
    .strictObject({
      tests: z.array(test).min(1).optional(),
      bypass_reason: z.string().min(1).optional(),
    })
    .refine(
      ({tests, bypass_reason}) =>
        (tests === undefined) !== (bypass_reason === undefined),
      'a section has either tests or a bypass_reason',
    );

const specTest = z.strictObject({
  spec_path: z.string().optional(),
  config_path: z.string().optional(),
  timeout_seconds: z.number().positive().optional(),
  deployment_mode: z.enum(['cloud', 'oss']).optional(),
  backward_compatibility_tests_config: z
    .strictObject({
      previous_connector_version: z.string().default('latest'),
      disable_for_version: z.string().optional(),
    })
    .optional(),
  auth_default_method: z
    .strictObject({
      oauth: z.boolean().optional(),
      bypass_reason: z.string().nullish(),
    })
    .optional(),
});

const connectionTest = z.strictObject({
  config_path: z.string(),
  status: z.enum(['succeed', 'failed', 'exception']),
  timeout_seconds: z.number().positive().optional(),
});

const discoveryTest = z.strictObject({
  config_path: z.string(),
  timeout_seconds: z.number().positive().optional(),
  validate_primary_keys_data_type: z.boolean().default(true),
  backward_compatibility_tests_config: z
    .strictObject({
      previous_connector_version: z.string().default('latest'),
      disable_for_version: z.string().optional(),
    })
    .optional(),
});

const basicReadTest = z.strictObject({
  config_path: z.string(),
  configured_catalog_path: z.string().optional(),
  empty_streams: z.array(excused).default([]),
  ignored_fields: z.record(z.string(), z.array(excused)).default({}),
  expect_records: z
    .strictObject({
      path: z.string().optional(),
      bypass_reason: z.string().optional(),
      exact_order: z.boolean().default(false),
    })
    .optional(),
  validate_schema: z.boolean().default(true),
  validate_stream_statuses: z.boolean().default(true),
  validate_state_messages: z.boolean().default(true),
  validate_primary_keys_data_type: z.boolean().default(true),
  fail_on_extra_columns: z.boolean().default(true),
  validate_data_points: z.boolean().default(true),
  expect_trace_message_on_failure: z.boolean().default(true),
  timeout_seconds: z.number().positive().optional(),
});

const fullRefreshTest = z.strictObject({
  config_path: z.string(),
  configured_catalog_path: z.string().optional(),
  ignored_fields: z.record(z.string(), z.array(excused)).default({}),
  timeout_seconds: z.number().positive().optional(),
});

const incrementalTest = z.strictObject({
  config_path: z.string(),
  configured_catalog_path: z.string().optional(),
  future_state: z
    .strictObject({
      future_state_path: z.string().optional(),
      missing_streams: z.array(excused).default([]),
      cursor_format: z
        .strictObject({
          format: z.string().optional(),
          streams: z.record(z.string(), z.string()).default({}),
        })
        .optional(),
      bypass_reason: z.string().optional(),
    })
    .optional(),
  skip_comprehensive_incremental_tests: z.boolean().default(false),
  timeout_seconds: z.number().positive().optional(),
});

const attributesTest = z.strictObject({
  config_path: z.string().optional(),
  timeout_seconds: z.number().positive().optional(),
  streams_without_primary_key: z.array(excused).default([]),
  allowed_hosts: z.strictObject({bypass_reason: z.string().nullish()}).optional(),
  suggested_streams: z.strictObject({bypass_reason: z.string().nullish()}).optional(),
});

const documentationTest = z.strictObject({
  timeout_seconds: z.number().positive().optional(),
});

/**
 * The document `acceptance-test-config.yml`, in Airbyte's own format. A member that the
 * format does not have is an error: a misspelt option would switch a check off.
 */
export const airbyteConfigSchema = z.strictObject({
  connector_image: z.string(),
  base_path: z.string().optional(),
  test_strictness_level: z.enum(['low', 'high']).default('low'),
  custom_environment_variables: z.record(z.string(), z.string()).default({}),
  acceptance_tests: z.strictObject({
    spec: section(specTest).optional(),
    connection: section(connectionTest).optional(),
    discovery: section(discoveryTest).optional(),
    basic_read: section(basicReadTest).optional(),
    full_refresh: section(fullRefreshTest).optional(),
    incremental: section(incrementalTest).optional(),
    connector_attributes: section(attributesTest).optional(),
    connector_documentation: section(documentationTest).optional(),
  }),
});

export type AirbyteConfig = z.infer<typeof airbyteConfigSchema>;
export type ConnectionTest = z.infer<typeof connectionTest>;
export type DiscoveryTest = z.infer<typeof discoveryTest>;
export type BasicReadTest = z.infer<typeof basicReadTest>;
export type FullRefreshTest = z.infer<typeof fullRefreshTest>;
export type IncrementalTest = z.infer<typeof incrementalTest>;
export type SectionName = keyof AirbyteConfig['acceptance_tests'];
