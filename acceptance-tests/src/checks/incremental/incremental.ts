import type {Check} from '../check';

export const INCREMENTAL_CHECKS: readonly Check[] = [];
