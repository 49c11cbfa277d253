import {shrink} from './shrink';
import type {Story} from './story/story';
import {writeStory} from './story/write-story';

describe('shrink', () => {
  it('keeps what a story fails by, and little else', async () => {
    const story = writeStory(5);
    const culprit = story.points[3]?.name ?? '';
    const fails = (candidate: Story): Promise<boolean> =>
      Promise.resolve(candidate.points.some(({name}) => name === culprit));

    const small = await shrink(story, fails, () => false);

    expect(small.points.map(({name}) => name)).toEqual([culprit]);
    expect(small.syncs).toHaveLength(1);
    expect(small.syncs[0]).toMatchObject({kills: [], faults: [], during: []});
    expect(small.settings.lookbackMinutes).toBe(0);
  });

  it('gives back the story where the time is over', async () => {
    const story = writeStory(5);

    expect(
      await shrink(
        story,
        () => Promise.resolve(true),
        () => true,
      ),
    ).toBe(story);
  });
});
