import {assetDatabaseRoutes} from './controllers/asset-databases';
import {assetServerRoutes} from './controllers/asset-servers';
import {assetSearchRoutes} from './controllers/asset-searches';
import {attributeRoutes} from './controllers/attributes';
import {batchRoutes} from './controllers/batch';
import {categoryRoutes} from './controllers/categories';
import {dataServerRoutes} from './controllers/data-servers';
import {elementTemplateRoutes} from './controllers/element-templates';
import {elementRoutes} from './controllers/elements';
import {enumerationRoutes} from './controllers/enumeration-sets';
import {eventFrameRoutes} from './controllers/event-frames';
import {homeRoutes} from './controllers/home';
import {pointRoutes} from './controllers/points';
import {streamRoutes} from './controllers/streams';
import {streamSetRoutes} from './controllers/streamsets';
import {summaryRoutes} from './controllers/summaries';
import {tableRoutes} from './controllers/tables';
import {updateRoutes} from './controllers/updates';
import {type Route} from './route';

/** Every operation that the simulator answers, controller by controller. */
export const ROUTES: readonly Route[] = [
  ...homeRoutes,
  ...dataServerRoutes,
  ...pointRoutes,
  ...streamRoutes,
  ...streamSetRoutes,
  ...summaryRoutes,
  ...batchRoutes,
  ...assetServerRoutes,
  ...assetDatabaseRoutes,
  ...elementRoutes,
  ...attributeRoutes,
  ...elementTemplateRoutes,
  ...categoryRoutes,
  ...enumerationRoutes,
  ...tableRoutes,
  ...updateRoutes,
  ...assetSearchRoutes,
  ...eventFrameRoutes,
];
