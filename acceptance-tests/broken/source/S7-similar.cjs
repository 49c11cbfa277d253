#!/usr/bin/env node
// A secret in clear whose name is not in Airbyte's list.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.proxy_password = {type: 'string', title: 'Password of the proxy'};
  },
});
