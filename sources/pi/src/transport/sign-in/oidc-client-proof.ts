interface Client {
  readonly client_id: string;
  readonly client_secret: string;
}

/**
 * What stands behind `Basic` for a client: both halves are form-encoded first (RFC 6749
 * 2.3.1), so that any character may occur in them. As secret as the secret itself.
 */
export function clientProof({client_id: id, client_secret: secret}: Client): string {
  const text = `${formEncoded(id)}:${formEncoded(secret)}`;
  return Buffer.from(text, 'ascii').toString('base64');
}

/** As a value stands in a form: a blank is `+`, what is not ASCII is percent-encoded UTF-8. */
export function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
