import {destinationStage} from './destination-stage';
import {sourceStage} from './source-stage';
import type {OurStage} from './stage-folder';

export type OurConnector = 'source-pi' | 'destination-unity';

/** The connectors of this checkout, each with what its plan needs. */
export const OUR_STAGES: Readonly<Record<OurConnector, () => Promise<OurStage>>> = {
  'source-pi': sourceStage,
  'destination-unity': destinationStage,
};
