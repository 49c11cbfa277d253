import Ajv, {type ErrorObject, type ValidateFunction} from 'ajv';

import type {Message} from '../run/outcome';
import {PAYLOADS} from './messages';
import {shape} from './shapes';

const ajv = new Ajv({allErrors: false, strict: true, strictRequired: false});

const VALIDATORS: ReadonlyMap<unknown, ValidateFunction> = new Map(
  Object.entries(PAYLOADS).map(([type, [member, payload]]) => [
    type,
    ajv.compile(shape({[member]: payload})),
  ]),
);

/**
 * What keeps a message from being one of Airbyte's protocol 0.18, with the place in it;
 * undefined where nothing does. A type that the protocol does not have is a fault too.
 */
export function faultOf(message: Message): string | undefined {
  const {type} = message;
  const validate = VALIDATORS.get(type);
  if (validate === undefined) return `type ${JSON.stringify(type)} is unknown`;
  if (validate(message)) return undefined;
  return `${String(type)}: ${(validate.errors ?? []).slice(0, 1).map(inWords).join()}`;
}

function inWords({instancePath, message = 'is wrong'}: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll('/', '.');
  return `${place === '' ? 'the message' : place} ${message}`;
}
