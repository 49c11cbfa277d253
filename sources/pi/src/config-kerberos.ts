import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

/** What a principal is made of; a command line or a krb5.conf could be broken out of else. */
const PRINCIPAL = /^[\w.$/-]+@[\w.-]+$/;

/** Tickets of a Windows domain, by a password or a keytab. */
export const kerberos = z
  .object({
    auth_type: z.literal('kerberos'),
    principal: z
      .string()
      .regex(PRINCIPAL, 'Expected an account and its realm: svc_airbyte@PLANT.EXAMPLE.')
      .meta(
        hints({
          title: 'Principal',
          description:
            'Account and realm, written exactly as in Active Directory. The realm is the name of the domain in capitals.',
          patternDescriptor: 'account@REALM',
          examples: ['svc_airbyte@PLANT.EXAMPLE'],
          order: 1,
        }),
      ),
    password: z
      .string()
      .min(1)
      .optional()
      .meta(
        hints({
          title: 'Password',
          description: 'Password of the account. Left empty where there is a keytab.',
          secret: true,
          order: 2,
        }),
      ),
    keytab: z
      .string()
      .regex(/^[A-Za-z0-9+/\s]+={0,2}\s*$/, 'Expected a keytab file as base64 text.')
      .optional()
      .meta(
        hints({
          title: 'Keytab',
          description:
            'Keytab file of the account as base64 text (base64 -w0 svc_airbyte.keytab).',
          patternDescriptor: 'base64 text',
          secret: true,
          multiline: true,
          order: 3,
        }),
      ),
    keytab_path: z
      .string()
      .regex(
        /^\/[^\0]+$/,
        'Expected an absolute path such as /secrets/svc_airbyte.keytab.',
      )
      .optional()
      .meta(
        hints({
          title: 'Path of the keytab',
          description:
            'Where a keytab file is mounted into the container of the connector.',
          patternDescriptor: '/path/of/file',
          examples: ['/secrets/svc_airbyte.keytab'],
          order: 4,
        }),
      ),
    kdcs: z
      .array(
        z
          .string()
          .regex(
            /^[\w.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/,
            'Expected a host, or host:port.',
          ),
      )
      .default([])
      .meta(
        hints({
          title: 'Key distribution centres',
          description:
            'Domain controllers to ask for tickets, as host or host:port. Left empty: found in DNS.',
          examples: ['dc1.plant.example'],
          order: 5,
        }),
      ),
    service_principal: z
      .string()
      .regex(
        /^[\w-]+[@/][\w.-]+$/,
        'Expected a service and a host such as HTTP/pi.example.com.',
      )
      .optional()
      .meta(
        hints({
          title: 'Service principal',
          description:
            'Under which name PI Web API is registered in the domain. Left empty: HTTP and the host of the address; to be set where that host is an alias.',
          patternDescriptor: 'HTTP/host',
          examples: ['HTTP/pi.example.com'],
          order: 6,
        }),
      ),
  })
  .superRefine(({password, keytab, keytab_path}, context) => {
    const given = [password, keytab, keytab_path].filter((each) => each !== undefined);
    if (given.length === 1) return;
    const message =
      'Give one of the three: a password, a keytab, or the path of a keytab.';
    context.addIssue({code: 'custom', message});
  })
  .meta(hints({title: 'Kerberos (Windows domain)'}));
