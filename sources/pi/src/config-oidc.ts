import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

const HTTP_ADDRESS = /^https?:\/\/[^\s?#]+$/;

/** Tokens of an OpenID provider, for a client of its own. */
export const oidc = z
  .object({
    auth_type: z.literal('oidc'),
    token_url: z
      .string()
      .regex(
        HTTP_ADDRESS,
        'Expected an address such as https://sso.example.com/connect/token.',
      )
      .optional()
      .meta(
        hints({
          title: 'Token address',
          description:
            'Where tokens are issued. Left empty: the address that the issuer publishes.',
          patternDescriptor: 'https://host/path',
          examples: ['https://sso.example.com/connect/token'],
          order: 1,
        }),
      ),
    issuer_url: z
      .string()
      .regex(
        HTTP_ADDRESS,
        'Expected an address such as https://sso.example.com/identitymanager.',
      )
      .optional()
      .meta(
        hints({
          title: 'Issuer address',
          description:
            'Address of the OpenID provider, without /.well-known/openid-configuration. Left empty together with the token address: PI Web API is asked.',
          patternDescriptor: 'https://host/path',
          examples: ['https://sso.example.com/identitymanager'],
          order: 2,
        }),
      ),
    client_id: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Client',
          description:
            'Name (client_id) under which the connector is registered there.',
          examples: ['airbyte'],
          order: 3,
        }),
      ),
    client_secret: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Client secret',
          description: 'Secret of this client.',
          secret: true,
          order: 4,
        }),
      ),
    scope: z
      .string()
      .min(1)
      .optional()
      .meta(
        hints({
          title: 'Scope',
          description:
            'What the token shall be good for, several divided by blanks. AVEVA Identity Manager: system; Microsoft Entra: the application address and /.default.',
          examples: ['system'],
          order: 5,
        }),
      ),
    audience: z
      .string()
      .min(1)
      .optional()
      .meta(
        hints({
          title: 'Audience',
          description: 'For whom the token shall be, where the provider asks for it.',
          examples: ['https://pi.example.com/piwebapi'],
          order: 6,
        }),
      ),
    client_authentication: z
      .enum(['header', 'body'])
      .default('header')
      .meta(
        hints({
          title: 'Where the secret is sent',
          description:
            'To the token address: "header" (client_secret_basic) or "body" (client_secret_post), as the client is registered.',
          order: 7,
        }),
      ),
  })
  .meta(hints({title: 'OpenID Connect (client credentials)'}));
