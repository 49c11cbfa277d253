import type {Check} from '../check';

export const DISCOVERY_CHECKS: readonly Check[] = [];
