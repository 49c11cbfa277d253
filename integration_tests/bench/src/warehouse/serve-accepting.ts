/**
 * Serves an accepting warehouse until it is stopped: `serve-accepting FOLDER`. Its first
 * line on standard output is a `WarehouseHello`.
 */
import {serveAccepting} from './accepting-warehouse';

const [folder = ''] = process.argv.slice(2);
void serveAccepting(folder).then((hello) => {
  process.stdout.write(`${JSON.stringify(hello)}\n`);
});
