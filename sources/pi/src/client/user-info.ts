import {z} from 'zod';

import type {PiHttp} from './pi-http';

const UserInfo = z.looseObject({Name: z.string().nullish()});

/** The name PI Web API knows us by. `GET /system/userinfo`, open to every account. */
export async function userName(http: PiHttp): Promise<string> {
  const {Name} = await http.get({path: ['system', 'userinfo']}, UserInfo);
  return Name ?? 'an account without a name';
}
