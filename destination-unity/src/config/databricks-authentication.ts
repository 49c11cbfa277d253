import {hints} from 'airbyte-cdk-ts';
import {z} from 'zod';

/** A blank that was pasted along would be sent, and the token refused without a reason. */
const pasted = z.string().regex(/^\S+$/, 'Expected text without blanks or line ends.');

const personalAccessToken = z
  .object({
    auth_type: z.literal('personal_access_token'),
    personal_access_token: pasted.meta(
      hints({
        title: 'Personal access token',
        description:
          'Token of the user or service principal that loads. In the workspace: Settings, Developer, Access tokens.',
        patternDescriptor: 'text without blanks',
        secret: true,
        order: 1,
      }),
    ),
  })
  .meta(hints({title: 'Personal access token'}));

const oauthMachineToMachine = z
  .object({
    auth_type: z.literal('oauth_m2m'),
    client_id: pasted.meta(
      hints({
        title: 'Client ID',
        description:
          'Application ID of the service principal. In the workspace: Settings, Identity and access, Service principals.',
        patternDescriptor: 'text without blanks',
        examples: ['0a1b2c3d-0000-0000-0000-000000000000'],
        order: 1,
      }),
    ),
    client_secret: pasted.meta(
      hints({
        title: 'Client secret',
        description:
          'OAuth secret of the service principal, made in Databricks. A secret of Microsoft Entra ID is another thing and is refused.',
        patternDescriptor: 'text without blanks',
        secret: true,
        order: 2,
      }),
    ),
    token_url: z
      .string()
      .regex(/^https:\/\/[^\s/]+\S*$/, 'Expected a URL that begins with https://.')
      .optional()
      .meta(
        hints({
          title: 'Token URL',
          description:
            'Where tokens are had. Left empty: the workspace itself, https://host/oidc/v1/token.',
          patternDescriptor: 'https://host/path',
          examples: ['https://dbc-0123abcd-4567.cloud.databricks.com/oidc/v1/token'],
          order: 3,
        }),
      ),
  })
  .meta(hints({title: 'Service principal (OAuth M2M)'}));

/** How the engine `databricks` shows who it is. */
export const databricksAuthentication = z
  .discriminatedUnion('auth_type', [oauthMachineToMachine, personalAccessToken])
  .meta(
    hints({
      title: 'Authentication',
      description:
        'Who loads. A service principal is the better choice: its tokens live an hour and are renewed, and it does not leave the company.',
      displayType: 'radio',
      order: 3,
    }),
  );
