import {z} from 'zod';

import type {AssetDatabase} from './asset-databases';
import {askWithinLimit} from './list-page';
import type {PiHttp} from './pi-http';

/** A template of event frames. */
export interface FrameTemplate {
  readonly name: string;
  /** Name of the template it derives from. */
  readonly base: string | undefined;
}

/** The templates of event frames of a database. */
export interface FrameTemplates {
  readonly templates: readonly FrameTemplate[];
  /** False where there may be more: this list of PI has no second page. */
  readonly isWhole: boolean;
}

const MAX_TEMPLATES = 10_000;

const Templates = z.looseObject({
  Items: z
    .array(
      z.looseObject({
        Name: z.string(),
        InstanceType: z.string().nullish(),
        BaseTemplate: z.string().nullish(),
      }),
    )
    .default([]),
});

/** `GET /assetdatabases/{webId}/elementtemplates`, which lists those of frames too. */
export async function eventFrameTemplates(
  http: PiHttp,
  {webId}: AssetDatabase,
): Promise<FrameTemplates> {
  const path = ['assetdatabases', webId, 'elementtemplates'];
  return await askWithinLimit(http, MAX_TEMPLATES, async (maxCount) => {
    const query = {
      maxCount,
      selectedFields: 'Items.Name;Items.InstanceType;Items.BaseTemplate;WebException',
    };
    const {Items} = await http.get({path, query, fresh: true}, Templates);
    const ofFrames = Items.filter(({InstanceType}) => InstanceType !== 'Element');
    return {
      templates: ofFrames.map(({Name, BaseTemplate: base}) => ({
        name: Name,
        base: typeof base === 'string' && base !== '' ? base : undefined,
      })),
      isWhole: Items.length < maxCount,
    };
  });
}
