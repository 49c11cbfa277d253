import {DESTINATION_SYNC_MODE} from './catalog';
import {FLAG, listOf, OBJECT, oneOfTexts, shape, TEXT} from './shapes';

const ADVANCED_AUTH = shape(
  {},
  {
    auth_flow_type: oneOfTexts('oauth2.0', 'oauth1.0'),
    predicate_key: listOf(TEXT),
    predicate_value: TEXT,
    oauth_config_specification: OBJECT,
  },
);

export const SPECIFICATION = shape(
  {connectionSpecification: OBJECT},
  {
    documentationUrl: TEXT,
    changelogUrl: TEXT,
    protocol_version: TEXT,
    supportsIncremental: FLAG,
    supportsNormalization: FLAG,
    supportsDBT: FLAG,
    supported_destination_sync_modes: listOf(DESTINATION_SYNC_MODE),
    advanced_auth: ADVANCED_AUTH,
  },
);
