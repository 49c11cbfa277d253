import {ConfigError} from 'airbyte-cdk-ts';

import type {FrameTemplate, FrameTemplates} from '../client/event-frame-templates';

/** Which event frames of a database are wanted, by template. */
export interface FramesFilter {
  /** One list is asked for each; `undefined` stands for all frames. */
  readonly templates: readonly (string | undefined)[];
  /** Whether a frame of the template is among them. */
  readonly isWanted: (templateName: string | null | undefined) => boolean;
  /** Names in capitals, sorted; undefined without a filter. */
  readonly scope: readonly string[] | undefined;
}

export const ALL_FRAMES: FramesFilter = {
  templates: [undefined],
  isWanted: () => true,
  scope: undefined,
};

/**
 * The filter of each database for the names of the settings, whatever their case. A
 * name that is a template in none of them is a `ConfigError`: it would look like a plant
 * without event frames.
 */
export function filtersFor(
  wanted: readonly string[],
  databases: ReadonlyMap<string, FrameTemplates>,
): ReadonlyMap<string, FramesFilter> {
  const lists = [...databases.values()];
  if (lists.every(({isWhole}) => isWhole)) {
    const all = lists.flatMap(({templates}) => templates.map(({name}) => name));
    const known = new Set(all.map(capitals));
    const unknown = wanted.filter((name) => !known.has(capitals(name)));
    if (unknown.length > 0) throw unknownTemplates(unknown, all);
  }
  return new Map([...databases].map(([id, one]) => [id, filterFor(wanted, one)]));
}

function filterFor(
  wanted: readonly string[],
  {templates, isWhole}: FrameTemplates,
): FramesFilter {
  const known = new Map(templates.map((one) => [capitals(one.name), one]));
  const asked = isWhole ? wanted.filter((name) => known.has(capitals(name))) : wanted;
  const names = [...new Set(asked.map(capitals))].sort();
  return {
    templates: names.map((name) => known.get(name)?.name ?? name),
    isWanted: (name) => lineage(name ?? '', known).some((one) => names.includes(one)),
    scope: names,
  };
}

/** The template and those it derives from, in capitals. */
function lineage(
  name: string,
  known: ReadonlyMap<string, FrameTemplate>,
): readonly string[] {
  const names = new Set<string>();
  let at: string | undefined = name;
  while (at !== undefined && !names.has(capitals(at))) {
    names.add(capitals(at));
    at = known.get(capitals(at))?.base;
  }
  return [...names];
}

function capitals(name: string): string {
  return name.toUpperCase();
}

function unknownTemplates(
  unknown: readonly string[],
  all: readonly string[],
): ConfigError {
  const shown = [...new Set(all)].sort().join(', ');
  return new ConfigError(
    `PI Web API knows no event frame template named ${unknown.join(', ')}, or hides it from the account. It shows: ${shown === '' ? 'none' : shown}.`,
  );
}
