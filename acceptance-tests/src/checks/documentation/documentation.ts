import {readFileSync} from 'node:fs';

import type {Stage} from '../../stage/stage';
import {error, type Check} from '../check';
import {metadataOf} from '../metadata';
import {headingFaults} from './headings';
import {linkFaults} from './links';
import {linksOf, sectionsOf} from './page';
import {prerequisiteFaults} from './prerequisites';
import {wordingFaults} from './wording';

/** Headings below the fourth level are the author's own affair. */
const DEEPEST = 4;

/** The user's page of a certified connector. */
export const DOCUMENTATION_CHECKS: readonly Check[] = [
  ofPage(
    'M1',
    'the page has the headings of the template, in their order',
    (page, stage) =>
      headingFaults(
        sectionsOf(page)
          .filter(({level}) => level > 0 && level <= DEEPEST)
          .map(({heading}) => heading),
        nameOf(stage),
        stage.kind,
      ),
  ),
  ofPage('M2', 'the prerequisites name every required field', async (page, stage) =>
    prerequisiteFaults(page, await stage.connectionSpecification()),
  ),
  {
    ...ofPage('M3', 'every link of the page leads somewhere', (page, stage) =>
      linkFaults(linksOf(page).filter((link) => !isIgnored(link, stage))),
    ),
    bypass: (stage) => withoutPage(stage) ?? stage.plan.own.links?.bypass_reason,
  },
  ofPage('M4', 'the page has the wording of the template', (page, stage) =>
    wordingFaults(page, {
      name: nameOf(stage),
      kind: stage.kind,
      version: metadataOf(stage)?.dockerImageTag,
    }),
  ),
];

/** A check that looks at the page; what it says is an error. */
function ofPage(
  id: string,
  title: string,
  judge: (page: string, stage: Stage) => readonly string[] | Promise<readonly string[]>,
): Check {
  return {
    id,
    title,
    bypass: withoutPage,
    run: async (stage) => {
      const path = stage.plan.own.documentation_path ?? '';
      const page = readFileSync(stage.path(path), 'utf8');
      return (await judge(page, stage)).map(error);
    },
  };
}

function withoutPage(stage: Stage): string | undefined {
  const {documentation_path: page, metadata_path: metadata} = stage.plan.own;
  if (page === undefined || metadata === undefined) {
    return 'the plan names no documentation, or no metadata to know the name from';
  }
  return stage.bypassed('connector_documentation');
}

function nameOf(stage: Stage): string {
  return metadataOf(stage)?.name ?? '';
}

function isIgnored(link: string, stage: Stage): boolean {
  const {ignored = []} = stage.plan.own.links ?? {};
  return ignored.some(({prefix}) => link.startsWith(prefix));
}
