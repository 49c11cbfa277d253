import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {kerberos} from './config-kerberos';
import {oidc} from './config-oidc';

const basic = z
  .object({
    auth_type: z.literal('basic'),
    username: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'User name',
          description: 'Windows account that may read PI, with its domain.',
          examples: ['PLANT\\svc_airbyte'],
          order: 1,
        }),
      ),
    password: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Password',
          description: 'Password of this account.',
          secret: true,
          order: 2,
        }),
      ),
  })
  .meta(hints({title: 'User name and password (Basic)'}));

const bearer = z
  .object({
    auth_type: z.literal('bearer'),
    token: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Access token',
          description:
            'Token issued for PI Web API. It must stay valid for the whole sync.',
          secret: true,
          order: 1,
        }),
      ),
  })
  .meta(hints({title: 'Access token (Bearer)'}));

const anonymous = z
  .object({auth_type: z.literal('anonymous')})
  .meta(hints({title: 'None (Anonymous)'}));

const ntlm = z
  .object({
    auth_type: z.literal('ntlm'),
    username: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'User name',
          description: 'Windows account that may read PI, with its domain.',
          examples: ['PLANT\\svc_airbyte'],
          order: 1,
        }),
      ),
    password: z
      .string()
      .min(1)
      .meta(
        hints({
          title: 'Password',
          description: 'Password of this account.',
          secret: true,
          order: 2,
        }),
      ),
  })
  .meta(
    hints({
      title: 'NTLM (last resort)',
      description:
        'For plants where neither Kerberos nor Basic is possible. Weaker than Kerberos, and being removed from Windows.',
    }),
  );

/** How to sign in: one variant per method. */
export const credentials = z
  .discriminatedUnion('auth_type', [basic, kerberos, oidc, bearer, ntlm, anonymous])
  .meta(
    hints({
      title: 'Sign-in',
      description:
        'How the connector shows PI Web API who it is. The administrator of PI Web API knows which methods are enabled there.',
      displayType: 'dropdown',
      order: 1,
      group: 'connection',
    }),
  );
