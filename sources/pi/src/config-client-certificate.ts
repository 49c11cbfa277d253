import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type * as Opening from './transport/certificate-client';
import {unescapedLines} from './transport/pem';
import type {ClientCertificate} from './transport/trust';

const passphrase = z
  .string()
  .optional()
  .meta(
    hints({
      title: 'Passphrase',
      description: 'Passphrase of the key, where it has one.',
      secret: true,
      order: 3,
    }),
  );

/** First, because Airbyte's form takes the first of what can be chosen. */
const none = z.object({format: z.literal('none')}).meta(hints({title: 'None'}));

const pem = z
  .object({
    format: z.literal('pem'),
    certificate: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Certificate',
          description: 'Certificate (PEM) of the connector, with its intermediates.',
          secret: true,
          multiline: true,
          order: 1,
        }),
      ),
    private_key: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Private key',
          description: 'Key (PEM) of this certificate.',
          secret: true,
          multiline: true,
          order: 2,
        }),
      ),
    passphrase,
  })
  .meta(hints({title: 'PEM'}));

const pfx = z
  .object({
    format: z.literal('pfx'),
    archive: z
      .string()
      .regex(/^[A-Za-z0-9+/\s]+={0,2}\s*$/, 'Expected a PFX file as base64 text.')
      .meta(
        hints({
          title: 'PFX file',
          description:
            'Certificate and key (PKCS#12) as base64 text (base64 -w0 client.pfx).',
          patternDescriptor: 'base64 text',
          secret: true,
          multiline: true,
          order: 1,
        }),
      ),
    passphrase,
  })
  .meta(hints({title: 'PFX (PKCS#12)'}));

/** What opens it brings TLS along, which the mere description of the settings can miss. */
function problemOf(
  certificate: ClientCertificate,
): ReturnType<typeof Opening.clientCertificateProblem> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const opening = require('./transport/certificate-client') as typeof Opening;
  return opening.clientCertificateProblem(certificate);
}

/** Certificate and key, as text or as a file, opened once to see that they fit. */
export const clientCertificate = z
  .discriminatedUnion('format', [none, pem, pfx])
  .superRefine((given, context) => {
    const certificate = clientCertificateOf(given);
    const problem = certificate && problemOf(certificate);
    if (problem === undefined) return;
    const {field, message} = problem;
    context.addIssue({code: 'custom', path: [field], message});
  })
  .prefault({format: 'none'})
  .meta(
    hints({
      title: 'Client certificate',
      description:
        'Certificate that the connector shows to PI Web API, besides any sign-in.',
      order: 5,
    }),
  );

type Given = z.output<typeof none> | z.output<typeof pem> | z.output<typeof pfx>;

/** The settings as the transport takes them; undefined where there is none. */
export function clientCertificateOf(given: Given): ClientCertificate | undefined {
  if (given.format === 'none') return undefined;
  const protectedBy = {passphrase: given.passphrase};
  if (given.format === 'pfx') {
    return {
      format: 'pfx',
      archive: Buffer.from(given.archive, 'base64'),
      ...protectedBy,
    };
  }
  return {
    format: 'pem',
    certificate: unescapedLines(given.certificate),
    key: unescapedLines(given.private_key),
    ...protectedBy,
  };
}
