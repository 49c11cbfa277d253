#!/usr/bin/env node
// Shows the address that it could not open, the password in it.
require('./sound-source.cjs').main({
  message: (message, {config}, command) => {
    if (command !== 'read' || message.trace?.type !== 'ERROR') return message;
    const {user, password} = config.access ?? {};
    const internal_message = `GET https://${user}:${encodeURIComponent(password)}@host`;
    const error = {...message.trace.error, internal_message};
    return {...message, trace: {...message.trace, error}};
  },
});
