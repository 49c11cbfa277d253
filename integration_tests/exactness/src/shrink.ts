import type {StoredPoint} from 'pi-simulator';

import {OPEN_SETTINGS} from './story/write-story';
import type {Story, StorySync} from './story/story';

/** Tells whether a story still fails. */
export type StillFails = (story: Story) => Promise<boolean>;

/**
 * Makes a failing story small: takes away whatever it fails without, until nothing more
 * can go or the time is over.
 */
export async function shrink(
  story: Story,
  stillFails: StillFails,
  isTimeOver: () => boolean,
): Promise<Story> {
  let smallest = story;
  let isSmaller = true;
  while (isSmaller && !isTimeOver()) {
    isSmaller = false;
    for (const candidate of candidates(smallest)) {
      if (isTimeOver()) break;
      if (!(await stillFails(candidate))) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** Smaller stories, those that save most first. */
function* candidates(story: Story): Generator<Story> {
  yield* withoutParts(story.syncs, (syncs) => ({...story, syncs}));
  yield* withoutParts(story.points, (points) => ({...story, points}));
  for (const [place, sync] of story.syncs.entries()) {
    for (const smaller of smallerSyncs(sync)) {
      yield {...story, syncs: replaced(story.syncs, place, smaller)};
    }
  }
  yield* usualSettings(story);
  for (const [place, point] of story.points.entries()) {
    for (const smaller of smallerPoints(point)) {
      yield {...story, points: replaced(story.points, place, smaller)};
    }
  }
}

/** All but each half, then all but each single one. */
function* withoutParts<Item>(
  items: readonly Item[],
  make: (items: readonly Item[]) => Story,
): Generator<Story> {
  const half = Math.ceil(items.length / 2);
  if (items.length > 2) {
    yield make(items.slice(half));
    yield make(items.slice(0, half));
  }
  if (items.length < 2) return;
  for (const place of items.keys()) yield make(items.toSpliced(place, 1));
}

function* smallerSyncs(sync: StorySync): Generator<StorySync> {
  for (const part of ['kills', 'faults', 'during', 'before'] as const) {
    if (sync[part].length > 0) yield {...sync, [part]: []};
  }
  for (const part of ['kills', 'faults', 'during', 'before'] as const) {
    if (sync[part].length < 2) continue;
    for (const place of sync[part].keys()) {
      yield {...sync, [part]: (sync[part] as readonly unknown[]).toSpliced(place, 1)};
    }
  }
  yield* smallerChanges(sync);
}

/** Inserted events, halved and then one by one. */
function* smallerChanges(sync: StorySync): Generator<StorySync> {
  for (const [place, change] of sync.before.entries()) {
    if (change.action !== 'insert_events') continue;
    for (const events of smallerLists(change.events)) {
      yield {...sync, before: replaced(sync.before, place, {...change, events})};
    }
  }
}

function* smallerPoints(point: StoredPoint): Generator<StoredPoint> {
  for (const events of smallerLists(point.events)) yield {...point, events};
}

const FEW = 8;

/** Each half, and where few are left all but each single one. */
function* smallerLists<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  const half = Math.ceil(items.length / 2);
  if (items.length > 1) {
    yield items.slice(half);
    yield items.slice(0, half);
  }
  if (items.length > FEW) return;
  for (const place of items.keys()) yield items.toSpliced(place, 1);
}

function* usualSettings(story: Story): Generator<Story> {
  for (const [name, usual] of Object.entries(OPEN_SETTINGS)) {
    const member = name as keyof typeof OPEN_SETTINGS;
    if (story.settings[member] === usual) continue;
    yield {...story, settings: {...story.settings, [member]: usual}};
  }
}

function replaced<Item>(
  items: readonly Item[],
  place: number,
  item: Item,
): readonly Item[] {
  return items.map((old, at) => (at === place ? item : old));
}
