import type {Check} from '../check';

export const SPEC_CHECKS: readonly Check[] = [];
