import type {Check} from '../check';

export const DOCUMENTATION_CHECKS: readonly Check[] = [];
