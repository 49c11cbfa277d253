import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {certificateProblem} from './certificates';

/** Authorities trusted besides the public ones; undefined for a text of blanks. */
export const caCertificate = (
  order: number,
): z.ZodOptional<z.ZodType<string | undefined, string>> =>
  z
    .string()
    .superRefine((text, context) => {
      const message = text.trim() === '' ? undefined : certificateProblem(text);
      if (message !== undefined) context.addIssue({code: 'custom', message});
    })
    .transform((text) => (text.trim() === '' ? undefined : text))
    .optional()
    .meta(
      hints({
        title: 'CA certificate',
        description:
          'Certificates (PEM) of authorities to trust besides the public ones: of a proxy that looks into TLS, of a private link, or of your own servers.',
        multiline: true,
        order,
      }),
    );

/** The proxy on the way to the server. */
export const proxyUrl = (order: number): z.ZodOptional<z.ZodType<string, string>> =>
  z
    .string()
    .regex(/^https?:\/\/\S+$/, 'Expected a URL such as http://proxy.example.com:3128.')
    .refine((text) => URL.canParse(text), 'Expected a URL.')
    .optional()
    .meta(
      hints({
        title: 'Proxy',
        description:
          'HTTP proxy through which the server is reached, with user and password in it where it asks for them.',
        patternDescriptor: 'http://host:port',
        examples: ['http://proxy.example.com:3128'],
        secret: true,
        order,
      }),
    );
