// An `advanced_auth` for the scripts that break one.
module.exports.advancedAuth = (kind, path_in_connector_config) => ({
  ...{auth_flow_type: 'oauth2.0', predicate_key: ['access', 'kind']},
  predicate_value: kind,
  oauth_config_specification: {
    complete_oauth_output_specification: {
      type: 'object',
      properties: {token: {type: 'string', path_in_connector_config}},
    },
  },
});
