export {startSimulator, type Simulator, type SimulatorOptions} from './simulator';
export {buildScene, type ReplayFile, type Scene, type SceneOptions} from './scene';
export {truthLines, truthRecords} from './truth/records';
export {TRUTH_STREAMS, type TruthStream} from './truth/truth';
export {type FaultRule} from './faults/fault-rule';
export {
  type FaultKind,
  faultSchedule,
  type FaultScheduleOptions,
} from './faults/fault-schedule';
export {type TrafficCounts} from './api/traffic';
export {UsageError} from './plant/usage-error';
export {type StoredEvent, type StoredPoint} from './plant/stored-point';
export {type StoredValue} from './plant/stored-value';
export {type Change, type ChangeRecord} from './changes/change';
