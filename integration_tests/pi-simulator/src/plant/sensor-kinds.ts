/** The nine types of PI points. */
export type PointType =
  | 'Int16'
  | 'Int32'
  | 'Float16'
  | 'Float32'
  | 'Float64'
  | 'Digital'
  | 'String'
  | 'Timestamp'
  | 'Blob';

/** How the values of a sensor come about; one function each in `signals.ts`. */
export type Shape =
  | 'wave'
  | 'counter'
  | 'pulse'
  | 'state'
  | 'batch'
  | 'date'
  | 'spectrum'
  | 'forecast'
  | 'log';

/** What the sensors of one kind have in common. */
export interface SensorKind {
  readonly code: string;
  readonly attribute: string;
  readonly descriptor: string;
  readonly type: PointType;
  readonly shape: Shape;
  readonly units: string;
  readonly periodSeconds: number;
  readonly zero: number;
  readonly span: number;
  /** Mean, amplitude of the daily cycle, and amplitude of the noise. */
  readonly signal: readonly [mean: number, daily: number, noise: number];
  /** Decimals a value is stored with; undefined keeps every digit of the double. */
  readonly decimals?: number;
  readonly step?: true;
  readonly future?: true;
  readonly digitalSet?: string;
}

type Quantity = readonly [units: string, zero: number, span: number];
type Traits = Partial<
  Pick<
    SensorKind,
    'decimals' | 'step' | 'future' | 'digitalSet' | 'periodSeconds' | 'shape' | 'signal'
  >
>;

const kind = (
  [code, attribute, type]: readonly [string, string, PointType],
  [units, zero, span]: Quantity,
  traits: Traits,
): SensorKind => ({
  code,
  attribute,
  descriptor: `${attribute} of`,
  type,
  shape: 'wave',
  units,
  periodSeconds: 60,
  zero,
  span,
  signal: [zero + span / 2, span / 8, span / 250],
  ...traits,
});

const TEMPERATURE = kind(['TI', 'Temperature', 'Float32'], ['degC', 0, 200], {
  decimals: 2,
});
const PRESSURE = kind(['PI', 'Pressure', 'Float64'], ['bar', 0, 25], {});
const FLOW = kind(['FI', 'Flow', 'Float32'], ['m3/h', 0, 400], {decimals: 3});
const LEVEL = kind(['LI', 'Level', 'Float32'], ['%', 0, 100], {decimals: 1});
const POWER = kind(['JI', 'Power', 'Float32'], ['kW', 0, 900], {decimals: 1});
const VIBRATION = kind(['VI', 'Vibration', 'Float32'], ['mm/s', 0, 20], {decimals: 4});
const FAST_VIBRATION: SensorKind = {...VIBRATION, periodSeconds: 10};
const STATUS = kind(['XS', 'Status', 'Digital'], ['', 0, 4], {
  shape: 'state',
  periodSeconds: 600,
  step: true,
  digitalSet: 'MachineState',
});
const BATCH = kind(['BID', 'Batch ID', 'String'], ['', 0, 0], {
  shape: 'batch',
  periodSeconds: 4 * 3600,
  step: true,
});
const COMMON = [TEMPERATURE, PRESSURE, FLOW, LEVEL, POWER];

const RARE: readonly SensorKind[] = [
  kind(['LIS', 'Scaled Level', 'Float16'], ['%', 0, 100], {decimals: 6}),
  kind(['QP', 'Pulses', 'Int16'], ['', 0, 500], {
    shape: 'pulse',
    step: true,
    decimals: 0,
  }),
  kind(['KH', 'Running Hours', 'Int32'], ['h', 0, 200_000], {
    shape: 'counter',
    periodSeconds: 3600,
    step: true,
  }),
  kind(['EQ', 'Energy', 'Float64'], ['kWh', 0, 50_000], {periodSeconds: 86_400}),
  kind(['DN', 'Next Inspection', 'Timestamp'], ['', 0, 0], {
    shape: 'date',
    periodSeconds: 86_400,
    step: true,
  }),
  kind(['AB', 'Spectrum', 'Blob'], ['', 0, 0], {
    shape: 'spectrum',
    periodSeconds: 6 * 3600,
    step: true,
  }),
  kind(['JF', 'Load Forecast', 'Float32'], ['kW', 0, 900], {
    shape: 'forecast',
    periodSeconds: 3600,
    decimals: 1,
    future: true,
  }),
  kind(['LOG', 'Operator Log', 'String'], ['', 0, 0], {
    shape: 'log',
    periodSeconds: 3600,
    step: true,
  }),
];

/**
 * The kinds of the points of a plant, in turn: three rounds of the common ones, the
 * first with a fast vibration sensor, then one of each rare kind. All nine point
 * types are among them.
 */
export const KIND_CYCLE: readonly SensorKind[] = [
  ...[...COMMON, FAST_VIBRATION, STATUS, BATCH],
  ...[...COMMON, VIBRATION, STATUS, BATCH],
  ...[...COMMON, VIBRATION, STATUS, BATCH],
  ...RARE,
];
