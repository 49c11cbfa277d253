/** A state of a digital set: its offset and its name. */
export interface DigitalState {
  readonly code: number;
  readonly name: string;
}

/** A digital set of a data server. */
export interface DigitalSet {
  readonly name: string;
  readonly description: string;
  readonly states: readonly DigitalState[];
}

const SYSTEM_NAMES: Readonly<Record<number, string>> = {
  210: 'Access Denied',
  211: 'No Sample',
  212: 'No Result',
  213: 'Unit Down',
  214: 'Sample Bad',
  215: 'Equip Fail',
  216: 'No Lab Data',
  237: 'Bad Output',
  238: 'Scan Off',
  239: 'Scan On',
  240: 'Configure',
  241: 'Failed',
  242: 'Error',
  243: 'Execute',
  244: 'Filtered',
  245: 'Calc Off',
  246: 'I/O Timeout',
  247: 'Set to Bad',
  248: 'No Data',
  249: 'Calc Failed',
  250: 'Calc Overflow',
  251: 'Under Range',
  252: 'Over Range',
  253: 'Pt Created',
  254: 'Shutdown',
  255: 'Bad Input',
  313: 'Arc Off-line',
};

/** Codes of the set `System` that no user set may use. */
const FIRST_SYSTEM_CODE = 193;
const LAST_SYSTEM_CODE = 320;

const SYSTEM_SET: DigitalSet = {
  name: 'System',
  description: 'System digital states',
  states: Array.from({length: LAST_SYSTEM_CODE - FIRST_SYSTEM_CODE + 1}, (_, i) => {
    const code = FIRST_SYSTEM_CODE + i;
    return {code, name: SYSTEM_NAMES[code] ?? `?${code}`};
  }),
};

const named = (
  name: string,
  description: string,
  states: readonly string[],
): DigitalSet => ({
  name,
  description,
  states: states.map((state, code) => ({code, name: state})),
});

export const MACHINE_STATE = named('MachineState', 'Operating state of a machine', [
  'Stopped',
  'Starting',
  'Running',
  'Stopping',
  'Tripped',
]);

/** Every set that a data server of the plant holds. */
export const DIGITAL_SETS: readonly DigitalSet[] = [
  SYSTEM_SET,
  MACHINE_STATE,
  named('ValveState', 'Position of a valve', ['Closed', 'Open', 'Travelling']),
  named('OnOff', '', ['Off', 'On']),
];

/** The usual name of a system state. */
export function systemStateName(code: number): string {
  return SYSTEM_NAMES[code] ?? `?${code}`;
}

/** The code of a system state by its usual name, whatever the case. */
export function systemStateCode(name: string): number | undefined {
  const wanted = name.trim().toLowerCase();
  return SYSTEM_SET.states.find((state) => state.name.toLowerCase() === wanted)?.code;
}
