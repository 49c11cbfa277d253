import {batchRoutes} from './controllers/batch';
import {dataServerRoutes} from './controllers/data-servers';
import {homeRoutes} from './controllers/home';
import {pointRoutes} from './controllers/points';
import {streamRoutes} from './controllers/streams';
import {streamSetRoutes} from './controllers/streamsets';
import {type Route} from './route';

/** Every operation that the simulator answers, controller by controller. */
export const ROUTES: readonly Route[] = [
  ...homeRoutes,
  ...dataServerRoutes,
  ...pointRoutes,
  ...streamRoutes,
  ...streamSetRoutes,
  ...batchRoutes,
];
