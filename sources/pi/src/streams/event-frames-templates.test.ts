import type {JsonObject} from 'airbyte-cdk-ts';

import {AssetFrameworkStandIn, type StandInFrame} from './asset-framework.stand-in';
import {
  frameAt,
  MINUTE_MS,
  START_MS,
  syncFrames,
  type FramesSync,
} from './event-frames-run.stand-in';

describe('event_frames of chosen templates', () => {
  it('are those of the templates and of all that derive from them, each once', async () => {
    const af = plant(['Trip', 'Pump Trip', 'Feed Pump Trip', 'Batch', '']);

    const {records} = await syncFrames(at(af, 100, ['pump trip', 'Trip']));

    expect(namesOf(records)).toEqual(['Feed Pump Trip', 'Pump Trip', 'Trip']);
  });

  it('come with their history when a template is added', async () => {
    const af = plant(['Trip', 'Batch']);
    const first = await syncFrames(at(af, 5000, ['Trip']));

    const second = await syncFrames({
      ...at(af, 9000, ['Trip', 'Batch']),
      stored: first.state,
    });

    expect(namesOf(first.records)).toEqual(['Trip']);
    expect(namesOf(second.records)).toEqual(['Batch', 'Trip']);
  });

  it('are not called deleted when a template is taken away', async () => {
    const af = plant(['Trip', 'Batch']);
    const first = await syncFrames(at(af, 50, ['Trip', 'Batch']));

    const second = await syncFrames({...at(af, 90, ['Trip']), stored: first.state});
    const third = await syncFrames({...at(af, 99, ['Trip']), stored: second.state});

    expect(namesOf(second.records)).toEqual(['Trip']);
    expect(namesOf(third.records)).toEqual(['Trip']);
  });

  it('are not called deleted when they get another template', async () => {
    const af = plant(['Trip', 'Trip']);
    const first = await syncFrames(at(af, 50, ['Trip']));
    af.frames[0]!.template = 'Batch';

    const second = await syncFrames({...at(af, 90, ['Trip']), stored: first.state});

    expect(second.records).toMatchObject([
      {event_frame_id: af.frames[1]?.id, is_deleted: false},
    ]);
  });

  it('are called deleted when they are', async () => {
    const af = plant(['Trip', 'Batch']);
    const first = await syncFrames(at(af, 50, ['Trip']));
    af.frames = [];

    const second = await syncFrames({...at(af, 90, ['Trip']), stored: first.state});

    expect(second.records).toMatchObject([{is_deleted: true}]);
  });

  it('are refused where PI knows no such template', async () => {
    const syncing = syncFrames(at(plant(['Trip']), 50, ['Tripp']));

    await expect(syncing).rejects.toMatchObject({failureType: 'config_error'});
  });
});

function plant(templates: readonly string[]): AssetFrameworkStandIn {
  const af = new AssetFrameworkStandIn();
  af.templates = [
    ['Trip', ''],
    ['Pump Trip', 'Trip'],
    ['Feed Pump Trip', 'Pump Trip'],
    ['Batch', ''],
  ];
  af.frames = templates.map((template, index): StandInFrame => ({
    ...frameAt(index, index, 20 + index),
    template,
  }));
  return af;
}

function at(
  af: AssetFrameworkStandIn,
  minute: number,
  templates: readonly string[],
): FramesSync {
  const lookbackMs = 1440 * MINUTE_MS;
  return {af, nowMs: START_MS + minute * MINUTE_MS, lookbackMs, templates};
}

function namesOf(records: readonly JsonObject[]): unknown[] {
  return records.map(({template_name: name}) => name).sort();
}
