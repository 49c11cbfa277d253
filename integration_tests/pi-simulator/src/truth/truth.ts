import {elementsTruth} from './af-elements';
import {changesTruth} from './changes';
import {eventFramesTruth} from './event-frames';
import {type TruthSource} from './truth-source';
import {timeseriesTruth, type Window} from './timeseries';

/** The streams that the simulator can account for. */
export const TRUTH_STREAMS = [
  'timeseries',
  'af_elements',
  'event_frames',
  'changes',
] as const;
export type TruthStream = (typeof TRUTH_STREAMS)[number];

/**
 * What the archive holds of a stream in the half-open window, as NDJSON in the fields
 * of that stream, a piece of text at a time; of `changes`, what changed in the window.
 * It never goes through the API.
 */
export function truth(
  {plant, archive, changeBook}: TruthSource,
  stream: TruthStream,
  window: Window,
): Iterable<string> {
  switch (stream) {
    case 'timeseries':
      return timeseriesTruth(plant, archive, window);
    case 'af_elements':
      return elementsTruth(plant);
    case 'event_frames':
      return eventFramesTruth(plant, {...window, now: archive.now()});
    case 'changes':
      return changesTruth({plant, archive, changeBook}, window);
  }
}
