import type {StoredEvent, StoredPoint} from 'pi-simulator';

import type {Story, StoryChange, StorySync} from '../story/story';

const MOST_EVENTS = 12;

/** A story in lines that a person can follow. */
export function tellStory(story: Story): string[] {
  const {seed, theme, zone, server, settings, points, syncs, frames} = story;
  return [
    `seed ${seed}: ${theme}; time zone ${zone}${frames ? '; with event frames' : ''}`,
    `server: ${JSON.stringify(server)}`,
    `settings: ${JSON.stringify(settings)}`,
    ...points.flatMap(tellPoint),
    ...syncs.flatMap(tellSync),
  ];
}

function tellPoint({events, ...facts}: StoredPoint): string[] {
  return [
    `point ${JSON.stringify(facts)}, ${events.length} events`,
    ...tellEvents(events).map((line) => `    ${line}`),
  ];
}

function tellEvents(events: readonly StoredEvent[]): string[] {
  const shown = events.slice(0, MOST_EVENTS).map((event) => {
    const {timestamp, ...rest} = event;
    return `${timestamp} ${JSON.stringify(rest)}`;
  });
  const rest = events.length - shown.length;
  const last = events.at(-1)?.timestamp ?? '';
  return rest === 0 ? shown : [...shown, `… ${rest} more, the last at ${last}`];
}

function tellSync(
  {now, before, during, faults, kills}: StorySync,
  place: number,
): string[] {
  return [
    `sync ${place + 1}: PI's clock at ${now}`,
    ...before.map((change) => `    before: ${tellChange(change)}`),
    ...during.map(({batch, change}) => `    at batch ${batch}: ${tellChange(change)}`),
    ...faults.map((rule) => `    fault: ${JSON.stringify(rule)}`),
    ...kills.map(
      ({share, way}) => `    killed (${way}) after ${Math.round(share * 100)} %`,
    ),
  ];
}

function tellChange(change: StoryChange): string {
  if (change.action === 'insert_events') {
    return `insert_events "${change.point}": ${tellEvents(change.events).join('; ')}`;
  }
  if (change.action !== 'add_point') return JSON.stringify(change);
  const {events, ...facts} = change.stored;
  return `add_point ${JSON.stringify(facts)}, ${events.length} events`;
}
