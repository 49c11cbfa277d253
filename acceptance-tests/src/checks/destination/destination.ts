import type {Check} from '../check';
import {X11} from './x11';

export const DESTINATION_CHECKS: readonly Check[] = [X11];
