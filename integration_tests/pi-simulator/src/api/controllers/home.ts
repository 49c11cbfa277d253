import {formatTrimmed} from '../../time/ticks';
import {type Answer, jsonAnswer} from '../answer';
import {ApiError, notFound} from '../api-error';
import {links} from '../members';
import {versionNumber} from '../product-version';
import {type Call, type Route} from '../route';
import {prune} from '../selection';

function pruned(call: Call, value: unknown): Answer {
  return jsonAnswer(prune(value, call.selection));
}

/** Protected resources are for administrators, and never for bearer tokens. */
function forAdministrators(call: Call, content: () => unknown): Answer {
  const {caller} = call;
  if (!caller.isAdministrator || caller.scheme === 'Bearer') {
    throw new ApiError(403, [
      `User '${caller.name}' is not allowed to see this resource.`,
    ]);
  }
  return pruned(call, content());
}

function systemStatus({world}: Call): unknown {
  return {
    UpTimeInMinutes: 4711.5,
    State: 'Running',
    CacheInstances: 1,
    ServerTime: formatTrimmed(world.clock.now()),
  };
}

function assemblyVersion({world}: Call): Record<string, string> {
  const full = versionNumber(world.settings.version);
  const [major = '', minor = '', revision = '', build = ''] = full.split('.');
  return {
    FullVersion: full,
    MajorMinorRevision: `${major}.${minor}.${revision}`,
    Build: build,
  };
}

function configuration({world}: Call): Record<string, unknown> {
  return {
    MaxReturnedItemsPerCall: world.settings.maxReturnedItems,
    WebIDType: world.settings.webIdType,
    EnableCSRFDefense: true,
  };
}

function configurationValue(call: Call): unknown {
  const key = call.path['key'] ?? '';
  const all = configuration(call);
  if (!Object.hasOwn(all, key))
    throw notFound(`Configuration item not found '${key}'.`);
  return all[key];
}

const plain = (
  operation: string,
  answers: string,
  handle: (call: Call) => Answer,
): Route => ({operation, answers, parameters: [], handle});

/** Who nobody knows has no identity to tell of. */
function userInfo(call: Call): Answer {
  const {scheme, name} = call.caller;
  if (scheme === 'Anonymous') return {status: 204, headers: {}, body: undefined};
  return pruned(call, {
    IdentityType: scheme === 'Basic' ? 'WindowsIdentity' : 'ClaimsIdentity',
    Name: name,
    IsAuthenticated: true,
    SID: 'S-1-5-21-1004336348-1177238915-682003330-512',
    ImpersonationLevel: 'Impersonation',
  });
}

export const homeRoutes: readonly Route[] = [
  plain('GET /', 'Landing', (call) =>
    pruned(call, {
      Links: links(call.view, {
        Self: '',
        AssetServers: 'assetservers',
        DataServers: 'dataservers',
        System: 'system',
      }),
    }),
  ),
  plain('GET /system', 'SystemLanding', (call) =>
    pruned(call, {
      ProductTitle: 'PI Web API',
      ProductVersion: versionNumber(call.world.settings.version),
      Links: links(call.view, {
        Self: 'system',
        CacheInstances: 'system/cacheinstances',
        Configuration: 'system/configuration',
        UserInfo: 'system/userinfo',
        Versions: 'system/versions',
        Status: 'system/status',
      }),
    }),
  ),
  plain('GET /system/userinfo', 'UserInfo', userInfo),
  plain('GET /system/status', 'SystemStatus', (call) =>
    forAdministrators(call, () => systemStatus(call)),
  ),
  plain('GET /system/versions', 'map<Version>', (call) =>
    forAdministrators(call, () => ({'OSIsoft.REST': assemblyVersion(call)})),
  ),
  plain('GET /system/configuration', 'map<any>', (call) =>
    forAdministrators(call, () => configuration(call)),
  ),
  plain('GET /system/configuration/{key}', 'any', (call) =>
    forAdministrators(call, () => configurationValue(call)),
  ),
  plain('GET /system/cacheinstances', 'Items[CacheInstance]', (call) =>
    forAdministrators(call, () => ({Links: {}, Items: []})),
  ),
];
